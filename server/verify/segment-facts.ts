/** What the boxes of one segment say: when its samples are, how it begins, and whether they fill its media. */
import { isSync, readSamples, type Sample, timingOf } from '../../player/core/mp4/fragment.ts';
import { type BoxPlace, boxPlaces } from './box-places.ts';
import { type FolderReader, type Stretch, UnreadableError } from './folder-reader.ts';
import type { TrackFacts } from './track-facts.ts';

/** All times are decode times in the track's ticks, priming included, unless the name says otherwise. */
export interface SegmentFacts extends Stretch {
  readonly startTicks: number;
  /** Sum of the samples' durations. */
  readonly durationTicks: number;
  /** When the first of its samples in presentation order is shown. */
  readonly earliestTicks: number;
  /** When the last of its samples in presentation order has been shown. */
  readonly endTicks: number;
  /** Of the last sample in decoding order. */
  readonly lastSampleTicks: number;
  readonly samples: number;
  readonly startsWithSync: boolean;
  /** Whether a sample behind the first is shown before it. */
  readonly hasLeading: boolean;
  /** Position of the first sample's bytes, and how many it has. */
  readonly firstSample: { readonly byte: number; readonly bytes: number };
  /** What is wrong inside, in words. */
  readonly flaws: readonly Flaw[];
}

export interface Flaw {
  readonly sentence: string;
  readonly byte: number;
}

interface FragmentFacts {
  readonly samples: readonly Sample[];
  readonly startTicks: number;
  readonly firstByte: number;
  readonly flaws: readonly Flaw[];
}

/** @throws UnreadableError or StreamingError when no time can be told from it. */
export async function readSegmentFacts(
  stretch: Stretch,
  track: Pick<TrackFacts, 'id' | 'defaults'>,
  reader: FolderReader,
): Promise<SegmentFacts> {
  const places = await boxPlaces(stretch, reader);
  const fragments: FragmentFacts[] = [];
  for (const [i, place] of places.entries()) {
    if (place.type === 'moof')
      fragments.push(await readFragmentFacts(stretch.file, place, places[i + 1], { track, reader }));
  }
  const [first] = fragments;
  if (!first) throw new UnreadableError('It holds no fragment (moof).', stretch.first);
  return {
    ...stretch,
    ...summarize(first, fragments),
    flaws: [...fragments.flatMap(({ flaws }) => flaws), ...holesBetween(fragments)],
  };
}

async function readFragmentFacts(
  file: string,
  moof: BoxPlace,
  mdat: BoxPlace | undefined,
  { track, reader }: { track: Pick<TrackFacts, 'id' | 'defaults'>; reader: FolderReader },
): Promise<FragmentFacts> {
  if (mdat?.type !== 'mdat')
    throw new UnreadableError('A fragment has no media (mdat) behind it.', moof.start);
  const { samples, startTicks, dataOffset, isMovable } = readSamples(
    await reader.read(file, moof.start, moof.end - moof.start),
    track,
  );
  const flaws: Flaw[] = [];
  const note = (sentence: string): void => {
    flaws.push({ sentence, byte: moof.start });
  };
  if (!isMovable) note('A fragment counts positions from elsewhere than its own moof.');
  const firstByte = moof.start + (dataOffset ?? mdat.contentStart - moof.start);
  if (isMovable && firstByte !== mdat.contentStart)
    note(
      `A fragment's samples are said to begin at byte ${firstByte}, its media begins at ${mdat.contentStart}.`,
    );
  const bytes = samples.reduce((sum, sample) => sum + sample.bytes, 0);
  const held = mdat.end - mdat.contentStart;
  if (bytes !== held) note(`A fragment's samples take ${bytes} bytes, its media holds ${held}.`);
  return { samples, startTicks, firstByte, flaws };
}

function summarize(
  first: FragmentFacts,
  fragments: readonly FragmentFacts[],
): Omit<SegmentFacts, keyof Stretch | 'flaws'> {
  const timings = fragments.map(({ samples, startTicks }) =>
    timingOf({ samples, startTicks, isMovable: true }),
  );
  const [opening] = first.samples;
  const shownFirst = first.startTicks + (opening?.compositionTicks ?? 0);
  const earliestTicks = Math.min(...timings.map((timing) => timing.earliestTicks));
  return {
    startTicks: first.startTicks,
    durationTicks: timings.reduce((sum, timing) => sum + timing.durationTicks, 0),
    earliestTicks,
    endTicks: Math.max(...timings.map((timing) => timing.endTicks)),
    lastSampleTicks: fragments.at(-1)?.samples.at(-1)?.durationTicks ?? 0,
    samples: timings.reduce((sum, timing) => sum + timing.samples, 0),
    startsWithSync: opening !== undefined && isSync(opening),
    hasLeading: earliestTicks < shownFirst,
    firstSample: { byte: first.firstByte, bytes: opening?.bytes ?? 0 },
  };
}

/** Fragments of one segment follow each other without a hole. */
function holesBetween(fragments: readonly FragmentFacts[]): Flaw[] {
  return fragments.slice(1).flatMap((fragment, i) => {
    const before = fragments[i];
    const end =
      (before?.startTicks ?? 0) +
      (before?.samples ?? []).reduce((sum, sample) => sum + sample.durationTicks, 0);
    if (fragment.startTicks === end) return [];
    const sentence = `A fragment starts at tick ${fragment.startTicks}, the one before it ends at ${end}.`;
    return [{ sentence, byte: fragment.firstByte }];
  });
}
