/** When each segment of a representation starts and how long it lasts, without saying where its bytes are. */

export interface SegmentTiming {
  readonly count: number;
  /** Seconds on the presentation's time line; never falls as `position` grows. */
  start(position: number): number;
  duration(position: number): number;
}

/** A timing that an MPD gives, with what its URL templates ask for. */
export interface NumberedTiming extends SegmentTiming {
  /** For `$Number$`. */
  number(position: number): number;
  /** For `$Time$`: ticks on the media's own time line. */
  time(position: number): string;
}

/** When a period starts and ends, in seconds; `end` is Infinity while nothing has told it. */
export interface PeriodBounds {
  readonly start: number;
  readonly end: number;
}

/** How ticks on the media's time line become seconds on the presentation's. */
export interface TimeLine extends PeriodBounds {
  /** Ticks per second. */
  readonly timescale: number;
  /** Presentation time offset: the tick that falls on the period's start. */
  readonly offsetTicks: bigint;
}

/** Seconds on the media's time line that fall on the period's start. */
export function offsetOf({ offsetTicks, timescale }: TimeLine): number {
  return Number(offsetTicks) / timescale;
}

/** Durations written in an MPD are rounded: what reaches over a period's edge by less than this does not. */
export const EDGE_TOLERANCE = 0.001;

/** Segments of one nominal duration from the period's start on; the last ends with the period. */
export function evenTiming(
  line: TimeLine,
  series: { readonly durationTicks: number; readonly startNumber: number; readonly count: number },
): NumberedTiming {
  const { durationTicks, startNumber, count } = series;
  const start = (position: number) => line.start + (position * durationTicks) / line.timescale;
  return {
    count,
    start,
    duration: (position) => Math.min(durationTicks / line.timescale, line.end - start(position)),
    number: (position) => startNumber + position,
    time: (position) => String(line.offsetTicks + BigInt(position) * BigInt(durationTicks)),
  };
}

/** How many segments of `durationTicks` cover the period; Infinity while its end is not known. */
export function countToEnd(line: TimeLine, durationTicks: number): number {
  const seconds = line.end - line.start - EDGE_TOLERANCE;
  return Math.max(1, Math.ceil((seconds * line.timescale) / durationTicks));
}

/**
 * The position that covers `time`, as `SegmentList.positionAt` says it.
 * Searches by `start` itself, so that each segment is found at exactly the time it says.
 */
export function positionAt(timing: SegmentTiming, time: number): number {
  const last = lastNotAbove(timing.count, timing.start, time);
  return last >= 0 && time >= timing.start(last) + timing.duration(last) ? last + 1 : Math.max(0, last);
}

/** The highest of the positions 0 … `count` − 1 whose value, never falling, is at most `limit`; −1 when none is. */
export function lastNotAbove(count: number, valueAt: (position: number) => number, limit: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (valueAt(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Positions `from` … `to` (excluded) of the segments that lie inside the period, be it with one edge only. */
export function positionsInside(
  timing: SegmentTiming,
  { start, end }: PeriodBounds,
): { from: number; to: number } {
  const from = positionAt(timing, start + EDGE_TOLERANCE);
  const to = lastNotAbove(timing.count, timing.start, end - EDGE_TOLERANCE) + 1;
  return { from, to: Math.max(from, to) };
}
