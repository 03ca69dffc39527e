/**
 * What can go wrong between a URL and the screen: one class, a closed list of codes.
 * There is no `fatal`: whoever observes an error decides. An abort is not an error.
 */

/**
 * - `mpd-invalid`: the MPD is not XML, or misses what ISO/IEC 23009-1 demands. `details.path` is the XPath of the fault.
 * - `mpd-unsupported`: the MPD is right, but asks for something this player does not do (said in the message).
 * - `index-invalid`: a segment index (`sidx`) or another MP4 box cannot be read.
 * - `nothing-playable`: no representation of a needed kind is supported by this browser.
 * - `network`: no answer at all (DNS, refused, reset, offline, blocked by CORS).
 * - `timeout`: an answer did not come, or stopped coming, within its time.
 * - `http-status`: an answer with a status that is no success. `details.status` is the number.
 * - `body-mismatch`: the answer's bytes are not the ones asked for (length or range differs).
 * - `append-failed`: the browser refused bytes that were appended to a SourceBuffer.
 * - `decode-failed`: the media element reports an error while decoding.
 * - `buffer-full`: the browser's buffer quota is too small even after eviction.
 * - `media-source`: MediaSource is missing, or closed under the player.
 */
export type ErrorCode =
  | 'mpd-invalid'
  | 'mpd-unsupported'
  | 'index-invalid'
  | 'nothing-playable'
  | 'network'
  | 'timeout'
  | 'http-status'
  | 'body-mismatch'
  | 'append-failed'
  | 'decode-failed'
  | 'buffer-full'
  | 'media-source';

export type ErrorDetails = Readonly<Record<string, string | number | undefined>>;

/** The message alone must be enough to act on: what failed, where, and what was expected. */
export class StreamingError extends Error {
  override readonly name = 'StreamingError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.details = details;
  }
}

const RETRYABLE_STATUS: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Whether the same request may succeed a little later (RFC 9110 §15 for the statuses). */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof StreamingError)) return false;
  if (error.code === 'http-status') return RETRYABLE_STATUS.has(Number(error.details['status']));
  return error.code === 'network' || error.code === 'timeout' || error.code === 'body-mismatch';
}
