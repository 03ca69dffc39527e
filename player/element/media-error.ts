// Says a StreamingError in the words of HTMLMediaElement, so that controls made for <video> can show it.
import type { ErrorCode, StreamingError } from '../core/errors.ts';

const MEDIA_ERR = {
  MEDIA_ERR_ABORTED: 1,
  MEDIA_ERR_NETWORK: 2,
  MEDIA_ERR_DECODE: 3,
  MEDIA_ERR_SRC_NOT_SUPPORTED: 4,
} as const;

const NUMBER_OF: Readonly<Record<ErrorCode, 2 | 3 | 4>> = {
  network: 2,
  timeout: 2,
  'http-status': 2,
  'body-mismatch': 2,
  'append-failed': 3,
  'decode-failed': 3,
  'buffer-full': 3,
  'mpd-invalid': 4,
  'mpd-unsupported': 4,
  'index-invalid': 4,
  'nothing-playable': 4,
  'media-source': 4,
};

/** A MediaError (HTML §4.8.11.1) with our sentence as its message; never code 1, which players show as nothing. */
export function toMediaError(error: StreamingError): MediaError {
  return { ...MEDIA_ERR, code: NUMBER_OF[error.code], message: error.message };
}
