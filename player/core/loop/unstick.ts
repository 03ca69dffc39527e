/** What to do when playback does not move although everything asked for is there: jump over a gap, or nudge. */
import { secondsAhead, type TimeRange } from '../ranges.ts';

export interface StuckView {
  readonly playhead: number;
  /** What the media element can play: the intersection of its buffers. */
  readonly buffered: readonly TimeRange[];
  /** Seconds since the playhead last moved, or since there has been enough media to move on. */
  readonly stillFor: number;
  /** Seconds from the playhead that every stream has dealt with: appended, or found to have no media. */
  readonly dealtWith: number;
  /** Nudges given since the playhead last moved by itself. */
  readonly nudges: number;
}

export type Unstick =
  | { readonly type: 'none' }
  /** No media here, and none will come: go on where there is some. */
  | { readonly type: 'jump'; readonly to: number }
  /** There is media, but the decoder sits: a tiny seek wakes it. */
  | { readonly type: 'nudge'; readonly to: number }
  /** Nothing helped. */
  | { readonly type: 'give-up' };

/** Browsers place a playhead a rounding error before a range that contains it. */
const ROUNDING = 0.001;
/** Seconds behind the start of a range to land on, so that rounding cannot miss it. */
const LANDING = 0.01;
/** Seconds without movement that a decoder may need after a seek or switch on a slow machine. */
const PATIENCE = 2;
/** Step of each further nudge: first hardly visible, then far enough to leave a broken frame. */
const NUDGES = [0.001, 0.1, 0.5];
/** With less media than this ahead, standing still is waiting, not sitting. */
const LEAST_AHEAD = 1;

export function unstick(view: StuckView): Unstick {
  const here = view.buffered.find(
    (range) => view.playhead >= range.start - ROUNDING && view.playhead < range.end - ROUNDING,
  );
  if (!here) return jump(view);
  if (view.stillFor < PATIENCE * (1 + view.nudges) || !canMove(view)) return { type: 'none' };
  const step = NUDGES[view.nudges];
  return step === undefined ? { type: 'give-up' } : { type: 'nudge', to: view.playhead + step };
}

/** Whether there is enough media ahead that a playhead which stands still is sitting, not waiting. */
export function canMove({ buffered, playhead }: Pick<StuckView, 'buffered' | 'playhead'>): boolean {
  return secondsAhead(buffered, playhead) >= LEAST_AHEAD;
}

/** A gap is jumped only when every stream has looked at its place: a request on its way may still fill it. */
function jump(view: StuckView): Unstick {
  const next = view.buffered.find((range) => range.start > view.playhead);
  if (!next || view.playhead + view.dealtWith < next.start - LANDING) return { type: 'none' };
  return { type: 'jump', to: next.start + LANDING };
}
