/**
 * Where bytes come from: the contract of every source (HTTP today, peers later) and of every decorator around one.
 * Whoever holds a `SegmentSource` cannot tell which it is.
 */
import type { Resource } from '../core/dash/presentation.ts';

export type RequestKind = 'mpd' | 'index' | 'initialization' | 'segment' | 'text';

/** What a request is for, as the session log tells it. A source has no use for it. */
export interface RequestSubject {
  readonly kind: 'video' | 'audio' | 'text';
  readonly representation?: string;
  /** Seconds; of the segment. */
  readonly segmentStart?: number;
}

export interface SegmentRequest extends Resource {
  readonly kind: RequestKind;
  /** Absent for the MPD. */
  readonly about?: RequestSubject;
  /** Wrong answers after which to give up, when the caller has something else to try; absent: as patient as the source is. */
  readonly attempts?: number;
  /** Called for each piece of the body as it arrives. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** Bytes of the body so far. */
  readonly received: number;
  /** Bytes of the whole body, when the answer tells. */
  readonly total?: number;
  /** The new piece. Valid until the call returns. */
  readonly piece: Uint8Array;
}

export interface SegmentResponse {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The URL that answered, after redirects: relative URLs inside the body resolve against it. */
  readonly url: string;
  /** Whether the bytes came out of the browser's own cache: they say nothing about the network. */
  readonly fromCache: boolean;
}

export interface SegmentSource {
  /**
   * Resolves with the whole body.
   * @throws StreamingError `network`, `timeout`, `http-status` or `body-mismatch`; the signal's reason when aborted.
   */
  fetch(request: SegmentRequest, signal: AbortSignal): Promise<SegmentResponse>;
}
