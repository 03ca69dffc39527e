/**
 * Everything that happens in a session, as one discriminated union: panel, summary, end-to-end tests, simulator and
 * replay all read this and nothing else. `at` is seconds since the session began, on a monotonic clock.
 */
import type { ChoiceReason } from '../abr/choose.ts';
import type { ErrorCode } from '../errors.ts';

export type MediaKind = 'video' | 'audio';

export type PlayerState =
  /** Reading the MPD and indexes; nothing to show yet. */
  | 'loading'
  | 'paused'
  | 'playing'
  | 'seeking'
  /** Wants to play, has no media at the playhead. */
  | 'stalled'
  /** Like stalled, and the network is known to be away. It waits as long as it takes. */
  | 'waiting-for-network'
  | 'ended'
  | 'failed'
  | 'disposed';

export type SessionEvent =
  | { readonly type: 'load'; readonly at: number; readonly url: string }
  | {
      readonly type: 'presentation';
      readonly at: number;
      readonly duration: number;
      readonly periods: number;
    }
  | {
      readonly type: 'choice';
      readonly at: number;
      readonly kind: MediaKind;
      readonly representation: string;
      readonly bandwidth: number;
      readonly reason: ChoiceReason;
      /** Bits per second that the choice counted on; absent when none was known. */
      readonly throughput?: number;
      /** Seconds buffered ahead of the playhead when the choice was made. */
      readonly buffer: number;
      /** Start of the segment that the choice is for. */
      readonly segmentStart: number;
    }
  | {
      readonly type: 'request';
      readonly at: number;
      readonly kind: MediaKind | 'text' | 'mpd';
      readonly what: 'mpd' | 'index' | 'initialization' | 'segment' | 'text';
      readonly representation?: string;
      readonly segmentStart?: number;
      readonly url: string;
      /** Bytes received. */
      readonly bytes: number;
      /** Seconds from the request to its last byte (or to its end without one). */
      readonly duration: number;
      /** Seconds to the first byte of the body. */
      readonly latency?: number;
      readonly outcome: 'done' | 'aborted' | 'failed';
    }
  | {
      readonly type: 'throughput';
      readonly at: number;
      readonly sample: number;
      readonly estimate: number;
    }
  | {
      readonly type: 'append';
      readonly at: number;
      readonly kind: MediaKind;
      readonly representation: string;
      readonly start: number;
      readonly end: number;
      readonly bytes: number;
    }
  | {
      readonly type: 'remove';
      readonly at: number;
      readonly kind: MediaKind;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly type: 'abandon';
      readonly at: number;
      readonly kind: MediaKind;
      readonly representation: string;
      readonly received: number;
    }
  /** The representation on the screen changed: the playhead entered media of another one. */
  | {
      readonly type: 'shown';
      readonly at: number;
      readonly kind: MediaKind;
      readonly representation: string;
      readonly time: number;
    }
  | {
      readonly type: 'state';
      readonly at: number;
      readonly state: PlayerState;
      readonly previous: PlayerState;
      readonly playhead: number;
    }
  | { readonly type: 'first-frame'; readonly at: number }
  | { readonly type: 'stall'; readonly at: number; readonly playhead: number }
  | {
      readonly type: 'resume';
      readonly at: number;
      readonly playhead: number;
      readonly duration: number;
    }
  | {
      readonly type: 'seek';
      readonly at: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly type: 'gap';
      readonly at: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly type: 'recovery';
      readonly at: number;
      readonly step: string;
      readonly playhead: number;
    }
  | {
      readonly type: 'retry';
      readonly at: number;
      readonly url: string;
      readonly attempt: number;
      readonly delay: number;
      readonly code: ErrorCode;
    }
  | {
      readonly type: 'error';
      readonly at: number;
      readonly code: ErrorCode;
      readonly message: string;
    }
  | {
      readonly type: 'end-of-stream';
      readonly at: number;
      readonly duration: number;
    };

export type SessionEventType = SessionEvent['type'];

/** One event without its time stamp: what a part of the engine reports to the session. */
export type Report = SessionEvent extends infer E ? (E extends SessionEvent ? Omit<E, 'at'> : never) : never;
