/**
 * What was appended to one SourceBuffer, beside what the browser still holds of it. The browser evicts without a
 * word, so each entry is compared with `buffered` whenever it is asked for.
 */
import type { HeldSegment } from '../core/loop/next-action.ts';
import type { TimeRange } from '../core/ranges.ts';

export interface Inventory {
  /** By ascending start; entries that the browser has dropped are forgotten here too. */
  held(): readonly HeldSegment[];
  /** Right after the append: measures how much of the segment the browser took. Replaces what it covers. */
  add(segment: HeldSegment): void;
  /** Forgets entries, so that they are fetched again; the buffer itself stays, and plays, until it is overwritten. */
  forget(which: (segment: HeldSegment) => boolean): void;
}

interface Entry extends HeldSegment {
  /** Seconds of the segment that the browser held right after the append. */
  readonly covered: number;
}

/** Less than this part of what was once there: evicted. Neighbouring appends and removals nibble at the edges. */
const KEPT = 0.5;
/** Segments that begin and end this near to each other, seconds, are the same place. */
const SAME_PLACE = 0.05;

export function createInventory(buffered: () => TimeRange[]): Inventory {
  let entries: Entry[] = [];
  return {
    held() {
      const ranges = buffered();
      entries = entries.filter((entry) => coveredSeconds(ranges, entry) >= entry.covered * KEPT);
      return entries;
    },
    add(segment) {
      const covered = segment.representation === undefined ? 0 : coveredSeconds(buffered(), segment);
      const others = entries.filter((entry) => !lies(entry, segment));
      entries = [...others, { ...segment, covered }].sort((a, b) => a.start - b.start);
    },
    forget(which) {
      entries = entries.filter((entry) => !which(entry));
    },
  };
}

function coveredSeconds(ranges: readonly TimeRange[], { start, end }: TimeRange): number {
  return ranges.reduce(
    (sum, range) => sum + Math.max(0, Math.min(range.end, end) - Math.max(range.start, start)),
    0,
  );
}

function lies(inner: TimeRange, outer: TimeRange): boolean {
  return inner.start >= outer.start - SAME_PLACE && inner.end <= outer.end + SAME_PLACE;
}
