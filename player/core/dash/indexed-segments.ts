/**
 * Turns segment indexes (`sidx`) into segments, and says which bytes are still missing for that.
 *
 * An index may refer to further indexes (ISO/IEC 14496-12 §8.16.3), and an MPD may keep quiet about where the first
 * one is. So the caller fetches in turns: ask, fetch what is missing, ask again with everything fetched so far.
 */
import { StreamingError } from '../errors.ts';
import {
  findIndex,
  nestedArea,
  type PlacedBytes,
  type PlacedIndex,
  type SearchArea,
  WHOLE_FILE,
} from './index-search.ts';
import type { Addressing, ByteRange, Period, Representation, Resource, SegmentList } from './presentation.ts';
import { createClippedSegmentList, createSegmentList } from './segment-list.ts';
import type { PeriodBounds } from './segment-timing.ts';

export type IndexReading =
  /** Ranges of `addressing.index` to fetch before asking again; all at once, in any order. */
  | { readonly kind: 'missing'; readonly ranges: readonly ByteRange[] }
  | {
      readonly kind: 'read';
      readonly segments: SegmentList;
      /** The representation's own, or the bytes before the index when the MPD is silent about it. */
      readonly initialization?: Resource;
    };

type IndexAddressing = Extract<Addressing, { kind: 'index' }>;

interface IndexedSegment {
  readonly start: number;
  readonly duration: number;
  readonly range: ByteRange;
}

/**
 * `fetched`: pieces of `addressing.index` so far, at first none; a piece that also holds the initialization is fine.
 * A file that is all fragments and no index becomes one segment, as long as its period.
 * @throws StreamingError `index-invalid` when an index cannot be read, is cut off, or refers to itself.
 */
export function segmentsFromIndex(
  representation: Representation,
  period: Pick<Period, 'start' | 'duration'>,
  fetched: readonly PlacedBytes[],
): IndexReading {
  const { addressing } = representation;
  if (addressing.kind === 'list') return { kind: 'read', segments: addressing.segments };
  const { index, media } = addressing;
  const root = findIndex(fetched, index.range ? announcedArea(index.range) : WHOLE_FILE);
  if (root.kind === 'missing') return { kind: 'missing', ranges: [root.range] };
  if (root.kind === 'none') return wholeFile(addressing, period);
  const apart = index.urls[0] !== media.urls[0];
  const walk: Walk = {
    fetched,
    offset: representation.timestampOffset,
    found: [],
    missing: [],
    seen: new Set(),
  };
  walkIndex(walk, root, apart ? 0 : root.end);
  if (walk.missing.length > 0) return { kind: 'missing', ranges: walk.missing };
  const initialization = representation.initialization ?? initializationBefore(root, media, apart);
  return {
    kind: 'read',
    segments: listOf(walk.found, media, { start: period.start, end: period.start + period.duration }),
    ...(initialization && { initialization }),
  };
}

function announcedArea(range: ByteRange): SearchArea {
  return { ...range, length: range.last - range.first + 1 };
}

function wholeFile(
  { index, media }: IndexAddressing,
  period: Pick<Period, 'start' | 'duration'>,
): IndexReading {
  if (index.range) throw noIndexAt(index.range);
  const timing = { count: 1, start: () => period.start, duration: () => period.duration };
  return { kind: 'read', segments: createSegmentList(timing, () => media) };
}

function listOf(found: readonly IndexedSegment[], media: Resource, bounds: PeriodBounds): SegmentList {
  const timing = {
    count: found.length,
    start: (position: number) => found[position]?.start ?? 0,
    duration: (position: number) => found[position]?.duration ?? 0,
  };
  return createClippedSegmentList(timing, bounds, (position) => resourceOf(found[position], media));
}

interface Walk {
  readonly fetched: readonly PlacedBytes[];
  /** Seconds from the media's time line to the presentation's. */
  readonly offset: number;
  readonly found: IndexedSegment[];
  readonly missing: ByteRange[];
  readonly seen: Set<number>;
}

/** `anchor`: the byte from which the index's first offset counts. Nested indexes are walked where they stand. */
function walkIndex(walk: Walk, { start, index }: PlacedIndex, anchor: number): void {
  if (walk.seen.has(start))
    throw new StreamingError('index-invalid', `The segment index at byte ${start} refers to itself.`);
  walk.seen.add(start);
  let first = anchor + index.firstOffset;
  let ticks = index.earliestPresentationTimeTicks;
  for (const { type, size, durationTicks } of index.references) {
    const range = { first, last: first + size - 1 };
    if (type === 'index') walkNested(walk, range);
    else if (size > 0) {
      const seconds = ticks / index.timescale + walk.offset;
      walk.found.push({ start: seconds, duration: durationTicks / index.timescale, range });
    }
    first += size;
    ticks += durationTicks;
  }
}

function walkNested(walk: Walk, range: ByteRange): void {
  const nested = findIndex(walk.fetched, nestedArea(range));
  if (nested.kind === 'missing') walk.missing.push(nested.range);
  else if (nested.kind === 'found') walkIndex(walk, nested, nested.end);
  else throw noIndexAt(range);
}

function noIndexAt({ first, last }: ByteRange): StreamingError {
  return new StreamingError(
    'index-invalid',
    `There is no segment index (sidx) in bytes ${first} to ${last}, where one is announced.`,
  );
}

function initializationBefore(root: PlacedIndex, media: Resource, apart: boolean): Resource | undefined {
  return apart || root.start === 0 ? undefined : { ...media, range: { first: 0, last: root.start - 1 } };
}

function resourceOf(segment: IndexedSegment | undefined, media: Resource) {
  if (!segment) return media;
  const { range } = segment;
  return { urls: media.urls, range, size: range.last - range.first + 1 };
}
