/**
 * Chooses the representation of the next segment from throughput and buffer together.
 *
 * A representation is *sustainable* when the share of the throughput that the buffer allows to count on carries it.
 * That share grows with the buffer: a full buffer forgives an error, an empty one does not. The one being played
 * needs less proof than a higher one, so that a link near a rung does not make the picture jump.
 */

/** Why a representation was chosen; each has one sentence in the pages. */
export type ChoiceReason =
  /** No throughput is known yet: the representation that starts soonest. */
  | 'start'
  /** The most that throughput and buffer together sustain. */
  | 'sustainable'
  /** A higher one would be sustainable, but the buffer is still too short to climb. */
  | 'climb-later'
  /** The buffer is running out: the most that arrives before it does. */
  | 'buffer-low'
  /** The viewer, or the page, pinned it. */
  | 'pinned'
  /** There is no other. */
  | 'only-one';

export interface Candidate {
  readonly id: string;
  readonly bandwidth: number;
  /** Bytes of the segment in question; undefined while its index is not read. */
  readonly size?: number | undefined;
}

export interface ChoiceView {
  /** By ascending bandwidth; at least one. */
  readonly candidates: readonly Candidate[];
  /** Id of the candidate chosen last; undefined at the start and after a change of adaptation set. */
  readonly current?: string | undefined;
  readonly pinned?: string | undefined;
  /** Bits per second that this kind of media may count on; undefined while nothing is known. */
  readonly throughput?: number | undefined;
  /** Seconds from a request to its first byte. */
  readonly latency: number;
  /** Seconds of media ahead of the playhead. */
  readonly buffer: number;
  /** Seconds of media that one segment brings. */
  readonly segmentDuration: number;
  /** Media seconds consumed per second; 1 at normal speed. */
  readonly playbackRate: number;
}

export interface Choice {
  /** Position in `candidates`. */
  readonly index: number;
  readonly reason: ChoiceReason;
}

export interface ChoiceConfig {
  /** Share of the throughput counted on with an empty buffer. Lower it for links that lie. Default 0.7. */
  readonly leastShare: number;
  /** Share counted on once the buffer holds `safeBuffer`. Default 0.9. */
  readonly fullShare: number;
  /** Seconds of buffer from which errors of the estimate do no harm. Default 16. */
  readonly safeBuffer: number;
  /** How much more of the throughput the current representation may take than a higher one. Default 1.15. */
  readonly stayFactor: number;
  /** Part of the buffer that one download may use up: the rest is for surprises. Default 0.6. */
  readonly spendable: number;
}

export const DEFAULT_CHOICE_CONFIG: ChoiceConfig = {
  leastShare: 0.7,
  fullShare: 0.9,
  safeBuffer: 16,
  stayFactor: 1.15,
  spendable: 0.6,
};

export function choose(view: ChoiceView, config: ChoiceConfig = DEFAULT_CHOICE_CONFIG): Choice {
  if (view.candidates.length === 1) return { index: 0, reason: 'only-one' };
  const pinned = view.candidates.findIndex((candidate) => candidate.id === view.pinned);
  if (pinned >= 0) return { index: pinned, reason: 'pinned' };
  if (view.throughput === undefined) return { index: currentIndex(view) ?? 0, reason: 'start' };
  const sustainable = highest(view, (candidate, index) => isSustainable(candidate, index, view, config));
  const inTime = highest(view, (candidate) => arrivesInTime(candidate, view, config));
  if (inTime >= sustainable) return { index: sustainable, reason: 'sustainable' };
  const climbing = inTime >= (currentIndex(view) ?? 0);
  return { index: inTime, reason: climbing ? 'climb-later' : 'buffer-low' };
}

/** Position of the highest candidate that passes; 0 when none does, since something must be played. */
function highest(view: ChoiceView, passes: (candidate: Candidate, index: number) => boolean): number {
  return Math.max(0, view.candidates.findLastIndex(passes));
}

function currentIndex(view: ChoiceView): number | undefined {
  const index = view.candidates.findIndex((candidate) => candidate.id === view.current);
  return index < 0 ? undefined : index;
}

function isSustainable(candidate: Candidate, index: number, view: ChoiceView, config: ChoiceConfig): boolean {
  const filled = Math.min(1, view.buffer / config.safeBuffer);
  const share = config.leastShare + (config.fullShare - config.leastShare) * filled;
  const proof = index <= (currentIndex(view) ?? -1) ? config.stayFactor : 1;
  return candidate.bandwidth * view.playbackRate <= (view.throughput ?? 0) * share * proof;
}

/** Whether the very next segment arrives before it uses up the part of the buffer that may be spent. */
function arrivesInTime(candidate: Candidate, view: ChoiceView, config: ChoiceConfig): boolean {
  const bits = candidate.size === undefined ? candidate.bandwidth * view.segmentDuration : candidate.size * 8;
  const seconds = view.latency + bits / (view.throughput ?? 1);
  return seconds * view.playbackRate <= Math.max(view.buffer, view.segmentDuration) * config.spendable;
}
