/** Finds the segment that is meant by "the one at this time" in a list whose boundaries may differ a little from another's. */
import type { Segment, SegmentList } from '../dash/presentation.ts';

/** Seconds by which the end of the segment just appended may lie before the same boundary in another list. */
const DRIFT = 0.25;
/** … and at most this part of a segment, for presentations of very short ones. */
const DRIFT_SHARE = 0.4;

/**
 * The segment that covers `time`, or the next one when `time` lies in a gap; undefined at and after the end.
 * `continuing`: `time` is where the last segment ended, so one that ends just after it is that same one.
 */
export function locateSegment(list: SegmentList, time: number, continuing: boolean): Segment | undefined {
  const position = list.positionAt(time);
  const segment = list.at(position);
  if (!segment || !continuing) return segment;
  const rest = segment.start + segment.duration - time;
  const isOver = rest < Math.min(DRIFT, segment.duration * DRIFT_SHARE);
  return isOver ? list.at(position + 1) : segment;
}
