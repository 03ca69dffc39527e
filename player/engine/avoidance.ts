/** Which representations are left out, and where: those that cannot be had at all, and those that lack one segment. */
import type { Representation } from '../core/dash/presentation.ts';
import type { SegmentLists } from './segment-lists.ts';

export interface Avoidance {
  /** `place`: start of the segment that is missing; undefined leaves the representation out altogether. */
  avoid(representation: Representation, place: number | undefined): void;
  /** Those that may serve the segment at `time`; the lowest when none may, since something must be tried. */
  usable(representations: readonly Representation[], time: number): readonly Representation[];
  /** What could not be had may be there by now. */
  forgive(): void;
}

/** Seconds into a segment: a time at its very start may be a rounding error before it. */
const INSIDE = 0.05;

export function createAvoidance(lists: Pick<SegmentLists, 'peek'>): Avoidance {
  const broken = new Set<Representation>();
  const missing = new Map<Representation, Set<number>>();

  function lacks(representation: Representation, time: number): boolean {
    const places = missing.get(representation);
    const list = places && lists.peek(representation);
    const segment = list?.at(list.positionAt(time + INSIDE));
    return segment !== undefined && places?.has(segment.start) === true;
  }

  return {
    avoid(representation, place) {
      if (place === undefined) broken.add(representation);
      else missing.set(representation, (missing.get(representation) ?? new Set()).add(place));
    },
    usable(representations, time) {
      const usable = representations.filter((each) => !broken.has(each) && !lacks(each, time));
      return usable.length > 0 ? usable : representations.slice(0, 1);
    },
    forgive() {
      broken.clear();
      missing.clear();
    },
  };
}
