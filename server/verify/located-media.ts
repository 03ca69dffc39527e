/** Where the bytes of one representation are, as MPD or segment index claim it. */
import type { Stretch } from './folder-reader.ts';
import type { Finding } from './verdict.ts';

export interface LocatedMedia {
  /** May hold the first segment as well, when segments initialize themselves. */
  readonly initialization: Stretch;
  readonly count: number;
  /**
   * `position` is 0 … `count` − 1.
   * @throws UnreadableError when there is no such file.
   */
  claimAt(position: number): Promise<ClaimedSegment>;
  /** Of the segment index; absent when the MPD alone tells. */
  readonly index?: { readonly referenceId: number };
  readonly findings: readonly Finding[];
}

export interface ClaimedSegment extends Stretch {
  /** Seconds on the media's own time line. */
  readonly start: number;
  readonly duration: number;
  /** Ticks per second of the claim: a tick is as exactly as it can be meant. */
  readonly clock: number;
  /** Seconds by which start and duration may be off; 0 when they are said for each segment. */
  readonly slack: number;
  /** What a segment index says of how it begins; absent where it says nothing. */
  readonly sapType?: number;
}
