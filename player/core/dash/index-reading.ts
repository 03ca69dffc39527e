/** What reading a segment index answers, whatever the container. */
import type { Addressing, ByteRange, Period, Resource, SegmentList } from './presentation.ts';
import { createClippedSegmentList, createSegmentList } from './segment-list.ts';

export type IndexReading =
  /** Ranges of `addressing.index` to fetch before asking again; all at once, in any order. */
  | { readonly kind: 'missing'; readonly ranges: readonly ByteRange[] }
  | {
      readonly kind: 'read';
      readonly segments: SegmentList;
      /** The representation's own, or the bytes before the index when the MPD is silent about it. */
      readonly initialization?: Resource;
    };

/** A piece of a file: `first` is the position of its first byte there. */
export interface PlacedBytes {
  readonly first: number;
  readonly bytes: Uint8Array;
}

export type IndexAddressing = Extract<Addressing, { kind: 'index' }>;

/** Where a period lies. */
export type PeriodTimes = Pick<Period, 'start' | 'duration'>;

export interface IndexedSegment {
  /** Seconds on the presentation's time line. */
  readonly start: number;
  readonly duration: number;
  readonly range: ByteRange;
}

/** The piece that reaches furthest behind `position`, of those that hold it. */
export function pieceAt(pieces: readonly PlacedBytes[], position: number): PlacedBytes | undefined {
  return pieces
    .filter((piece) => piece.first <= position && position < endOf(piece))
    .reduce<PlacedBytes | undefined>(
      (best, piece) => (best && endOf(best) >= endOf(piece) ? best : piece),
      undefined,
    );
}

function endOf({ first, bytes }: PlacedBytes): number {
  return first + bytes.byteLength;
}

/** The segments inside the period. */
export function indexedList(
  found: readonly IndexedSegment[],
  media: Resource,
  { start, duration }: PeriodTimes,
): SegmentList {
  const timing = {
    count: found.length,
    start: (position: number) => found[position]?.start ?? 0,
    duration: (position: number) => found[position]?.duration ?? 0,
  };
  return createClippedSegmentList(timing, { start, end: start + duration }, (position) => {
    const range = found[position]?.range;
    return { ...media, ...(range && { range, size: range.last - range.first + 1 }) };
  });
}

/** For a file without any index: one segment, as long as its period. */
export function wholeFile({ media }: IndexAddressing, { start, duration }: PeriodTimes): IndexReading {
  const timing = { count: 1, start: () => start, duration: () => duration };
  return { kind: 'read', segments: createSegmentList(timing, () => media) };
}
