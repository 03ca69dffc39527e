/** A timing and the resource of each position make a lazy `SegmentList`. */
import type { Resource, SegmentList } from './presentation.ts';
import { type PeriodBounds, positionAt, positionsInside, type SegmentTiming } from './segment-timing.ts';

export interface SizedResource extends Resource {
  readonly size?: number;
}

/** `resourceAt` is asked for positions of `timing` only, each time anew. */
export function createSegmentList(
  timing: SegmentTiming,
  resourceAt: (position: number) => SizedResource,
): SegmentList {
  return {
    count: timing.count,
    at(position) {
      if (!Number.isInteger(position) || position < 0 || position >= timing.count) return undefined;
      return {
        ...resourceAt(position),
        start: timing.start(position),
        duration: timing.duration(position),
      };
    },
    positionAt: (time) => positionAt(timing, time),
  };
}

/** Only what lies inside the period: the rest belongs to its neighbours, or to nobody. */
export function createClippedSegmentList(
  timing: SegmentTiming,
  bounds: PeriodBounds,
  resourceAt: (position: number) => SizedResource,
): SegmentList {
  const { from, to } = positionsInside(timing, bounds);
  const clipped: SegmentTiming = {
    count: to - from,
    start: (position) => timing.start(from + position),
    duration: (position) => timing.duration(from + position),
  };
  return createSegmentList(clipped, (position) => resourceAt(from + position));
}
