/**
 * Turns segment indexes (`sidx`, or the Cues of WebM) into segments, and says which bytes are still missing for that.
 *
 * An index may refer to further indexes (ISO/IEC 14496-12 §8.16.3), and an MPD may keep quiet about where the first
 * one is. So the caller fetches in turns: ask, fetch what is missing, ask again with everything fetched so far.
 */
import { StreamingError } from '../errors.ts';
import {
  type IndexAddressing,
  type IndexedSegment,
  type IndexReading,
  indexedList,
  type PeriodTimes,
  type PlacedBytes,
  wholeFile,
} from './index-reading.ts';
import { findIndex, nestedArea, type PlacedIndex, type SearchArea, WHOLE_FILE } from './index-search.ts';
import type { ByteRange, Representation, Resource } from './presentation.ts';
import { segmentsFromCues } from './webm-segments.ts';

/**
 * `fetched`: pieces of `addressing.index` so far, at first none; a piece that also holds the initialization is fine.
 * A file that is all fragments and no index becomes one segment, as long as its period.
 * @throws StreamingError `index-invalid` when an index cannot be read, is cut off, or is reached twice.
 */
export function segmentsFromIndex(
  representation: Representation,
  period: PeriodTimes,
  fetched: readonly PlacedBytes[],
): IndexReading {
  const { addressing } = representation;
  if (addressing.kind === 'list') return { kind: 'read', segments: addressing.segments };
  const indexed = { ...representation, addressing };
  const read = /webm/.test(representation.mimeType) ? segmentsFromCues : segmentsFromBoxes;
  return read(indexed, period, fetched);
}

function segmentsFromBoxes(
  representation: Representation & { readonly addressing: IndexAddressing },
  period: PeriodTimes,
  fetched: readonly PlacedBytes[],
): IndexReading {
  const { addressing, timestampOffset } = representation;
  const { index, media } = addressing;
  const root = findIndex(fetched, index.range ? announcedArea(index.range) : WHOLE_FILE);
  if (root.kind === 'missing') return { kind: 'missing', ranges: [root.range] };
  if (root.kind === 'none') {
    if (index.range) throw noIndexAt(index.range);
    return wholeFile(addressing, period);
  }
  const apart = index.urls[0] !== media.urls[0];
  const walk: Walk = { fetched, offset: timestampOffset, found: [], missing: [], seen: new Set() };
  walkIndex(walk, root, apart ? 0 : root.end);
  if (walk.missing.length > 0) return { kind: 'missing', ranges: walk.missing };
  const initialization = representation.initialization ?? initializationBefore(root, media, apart);
  return {
    kind: 'read',
    segments: indexedList(walk.found, media, period),
    ...(initialization && { initialization }),
  };
}

function announcedArea(range: ByteRange): SearchArea {
  return { ...range, length: range.last - range.first + 1 };
}

interface Walk {
  readonly fetched: readonly PlacedBytes[];
  /** Seconds from the media's time line to the presentation's. */
  readonly offset: number;
  readonly found: IndexedSegment[];
  readonly missing: ByteRange[];
  /** Starts of the indexes walked: without it a few crossing references would multiply without end. */
  readonly seen: Set<number>;
}

/** `anchor`: the byte from which the index's first offset counts. Nested indexes are walked where they stand. */
function walkIndex(walk: Walk, { start, index }: PlacedIndex, anchor: number): void {
  if (walk.seen.has(start)) {
    throw new StreamingError('index-invalid', `The segment index at byte ${start} is referred to twice.`);
  }
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
