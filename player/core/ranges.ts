/** Half-open time ranges in seconds, as `TimeRanges` reports them: sorted, disjoint, never empty. */

export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

/** Ranges nearer to each other than this count as one: browsers report sub-frame holes at splices. */
export const GAP_TOLERANCE = 0.1;

/** The range that contains `time`, also when it starts up to `tolerance` later. */
export function rangeAt(
  ranges: readonly TimeRange[],
  time: number,
  tolerance = GAP_TOLERANCE,
): TimeRange | undefined {
  return ranges.find((range) => time >= range.start - tolerance && time < range.end);
}

/** Sorts ranges and joins those that overlap or lie within `tolerance`. Empty and inverted ranges vanish. */
export function joinRanges(ranges: readonly TimeRange[], tolerance = GAP_TOLERANCE): TimeRange[] {
  const sorted = ranges.filter((range) => range.end > range.start).sort((a, b) => a.start - b.start);
  const joined: TimeRange[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last && range.start <= last.end + tolerance) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else {
      joined.push(range);
    }
  }
  return joined;
}

/** Seconds that can be played from `time` without a hole; 0 when `time` is not covered. */
export function secondsAhead(ranges: readonly TimeRange[], time: number): number {
  const range = rangeAt(joinRanges(ranges), time);
  return range ? Math.max(0, range.end - time) : 0;
}
