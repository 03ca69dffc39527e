/** Finds the segments of a file that has a segment index (`sidx`), and checks that its byte ranges leave nothing out. */

import type { Addressing, ByteRange } from '../../player/core/dash/presentation.ts';
import { childrenNamed } from '../../player/core/dash/xml-element.ts';
import { decodeSegmentIndex, type SegmentIndex } from '../../player/core/mp4/sidx.ts';
import { type BoxPlace, boxPlaces, walkBoxes } from './box-places.ts';
import type { Claim } from './claims.ts';
import { type FolderReader, type Stretch, UnreadableError } from './folder-reader.ts';
import type { ClaimedSegment, LocatedMedia } from './located-media.ts';
import { type Comparison, compare } from './verdict.ts';

type Indexed = Extract<Addressing, { kind: 'index' }>;

/** @throws UnreadableError or StreamingError when file or index cannot be read. */
export async function locateIndexed(
  claim: Claim,
  addressing: Indexed,
  reader: FolderReader,
): Promise<LocatedMedia> {
  const file = reader.nameOf(addressing.media.urls[0] ?? '');
  const indexFile = reader.nameOf(addressing.index.urls[0] ?? '');
  const size = await sizeOf(file, reader);
  const { range } = addressing.index;
  const place = await placeOfIndex(indexFile, range, reader);
  if (!place) return withoutIndex(claim, { file, first: 0, end: size });
  const { index, segments } = await readTree({ file, indexFile, reader }, place);
  const initialization = initializationOf(claim, { file, first: 0, end: place.start }, reader);
  const isBeside = indexFile === file;
  const end = segments.at(-1)?.end ?? 0;
  const comparisons: Comparison[] = [
    [end === size, `The segment index covers ${end} of the file's ${size} bytes.`],
    ...(range ? rangeComparisons(range, place) : []),
    ...(isBeside ? [comparisonOfInitialization(initialization, place)] : []),
    ...startComparisons(claim, segments),
  ];
  return {
    initialization,
    count: segments.length,
    claimAt: async (position) =>
      segments[position] ?? Promise.reject(new UnreadableError('It is not in the index.')),
    index: { referenceId: index.referenceId },
    findings: [compare('files', { representation: claim.id, file }, comparisons)],
  };
}

async function sizeOf(file: string, reader: FolderReader): Promise<number> {
  const size = await reader.sizeOf(file);
  if (size === undefined) throw new UnreadableError(`There is no file "${file}".`);
  return size;
}

/** Where the MPD says it is, or in front of the media; `undefined` when the MPD does not say and there is none. */
async function placeOfIndex(
  file: string,
  range: ByteRange | undefined,
  reader: FolderReader,
): Promise<BoxPlace | undefined> {
  const stretch = { file, first: range?.first ?? 0, end: await sizeOf(file, reader) };
  for await (const place of walkBoxes(stretch, reader)) {
    if (place.type === 'sidx') return place;
    if (place.type === 'moof') break;
  }
  if (!range) return undefined;
  throw new UnreadableError(`There is no segment index at bytes ${range.first}-${range.last}.`, range.first);
}

interface IndexReading {
  readonly file: string;
  readonly indexFile: string;
  readonly reader: FolderReader;
}

/** More than one index inside another has never been of use to anybody; this bounds what a circle costs. */
const DEEPEST = 4;

/** An index may refer to further ones (ISO/IEC 14496-12 §8.16.3); their entries take the place of their own. */
async function readTree(
  reading: IndexReading,
  place: BoxPlace,
  depth = 0,
): Promise<{ index: SegmentIndex; segments: ClaimedSegment[] }> {
  if (depth > DEEPEST)
    throw new UnreadableError('Segment indexes refer to one another without end.', place.start);
  const { reader, indexFile, file } = reading;
  const { index } = decodeSegmentIndex(await reader.read(indexFile, place.start, place.end - place.start));
  const { timescale } = index;
  const segments: ClaimedSegment[] = [];
  let first = (indexFile === file ? place.end : 0) + index.firstOffset;
  let startTicks = index.earliestPresentationTimeTicks;
  for (const reference of index.references) {
    const end = first + reference.size;
    if (reference.type === 'index') {
      const inner = await boxPlaces({ file: indexFile, first, end }, reader);
      const nested = inner.find(({ type }) => type === 'sidx');
      if (!nested) throw new UnreadableError('There is no segment index where one is announced.', first);
      segments.push(...(await readTree(reading, nested, depth + 1)).segments);
    } else {
      const times = { start: startTicks / timescale, duration: reference.durationTicks / timescale };
      segments.push({
        file,
        first,
        end,
        ...times,
        clock: timescale,
        slack: 0,
        sapType: reference.startsWithSap ? reference.sapType : 0,
      });
    }
    startTicks += reference.durationTicks;
    first = end;
  }
  return { index, segments };
}

/** Fragments without an index are one segment, which lasts as long as its period. */
function withoutIndex(claim: Claim, whole: Stretch): LocatedMedia {
  const { line } = claim.information;
  const duration = line.end - line.start;
  const start = Number(line.offsetTicks) / line.timescale;
  const segment: ClaimedSegment = { ...whole, start, duration, clock: line.timescale, slack: duration / 2 };
  return { initialization: whole, count: 1, claimAt: async () => segment, findings: [] };
}

function initializationOf(claim: Claim, before: Stretch, reader: FolderReader): Stretch {
  const { initialization } = claim.representation;
  if (!initialization) return before;
  const file = reader.nameOf(initialization.urls[0] ?? '');
  const { range } = initialization;
  return range ? { file, first: range.first, end: range.last + 1 } : { ...before, file };
}

function rangeComparisons({ first, last }: ByteRange, { start, end }: BoxPlace): Comparison[] {
  const there = `the segment index takes bytes ${start}-${end - 1}`;
  return [[first === start && last === end - 1, `@indexRange is ${first}-${last}, but ${there}.`]];
}

function comparisonOfInitialization({ first, end }: Stretch, { start }: BoxPlace): Comparison {
  return [
    first === 0 && end === start,
    `The initialization is bytes ${first}-${end - 1}, but the segment index begins at ${start}.`,
  ];
}

const START = 'urn:weir:start:2026';

/** The start descriptor names everything up to the end of the first segment. */
function startComparisons(claim: Claim, [first]: readonly ClaimedSegment[]): Comparison[] {
  const [element] = claim.levels;
  if (!element || !first) return [];
  return childrenNamed(element, 'SupplementalProperty')
    .filter(({ attributes }) => attributes.get('schemeIdUri') === START)
    .map(({ attributes }): Comparison => {
      const value = attributes.get('value') ?? '';
      return [
        value === `0-${first.end - 1}`,
        `The start descriptor says ${value}, the first segment ends at byte ${first.end - 1}.`,
      ];
    });
}
