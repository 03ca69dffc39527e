/** What the encoder made for one representation: the fragments of all its chunks, on the time line of the whole film. */
import { stat } from 'node:fs/promises';
import { PackagingError } from '../packaging-error.ts';
import { type Fragment, type FragmentedFile, readFragmentedFile } from './fragmented-file.ts';
import { mendInitialization } from './mend-initialization.ts';

export interface RawFragment extends Fragment {
  /** Where its bytes are. */
  readonly file: string;
  /** What its own times, which begin at 0 in each chunk, are short of those given here. */
  readonly shiftTicks: number;
}

export interface RawMedia extends Pick<FragmentedFile, 'track'> {
  /** `ftyp` and `moov` as they are published. */
  readonly initialization: Uint8Array<ArrayBuffer>;
  /** In order of time, one behind the other without a gap; at least one. */
  readonly fragments: readonly RawFragment[];
}

export interface RawChunk {
  readonly file: string;
  /** Seconds. */
  readonly start: number;
}

/**
 * `chunks` in order of time.
 * @returns `undefined` when there is no fragment at all.
 * @throws PackagingError `output-faulty` when the chunks are not of one piece.
 */
export async function readRawMedia(id: string, chunks: readonly RawChunk[]): Promise<RawMedia | undefined> {
  let whole: Omit<RawMedia, 'fragments'> | undefined;
  const fragments: RawFragment[] = [];
  for (const { file, start } of chunks) {
    const read = (await isEmpty(file)) ? undefined : await readFragmentedFile(file);
    if (!read || read.fragments.length === 0) continue;
    const { track } = read;
    const initialization = mendInitialization(read.initialization, track);
    whole ??= { track, initialization };
    if (Buffer.compare(whole.initialization, initialization) !== 0) throw notOfOnePiece(id, start);
    const shiftTicks = Math.round(start * track.timescale);
    for (const fragment of read.fragments) fragments.push(shift(fragment, file, shiftTicks));
  }
  if (!whole) return undefined;
  const broken = fragments.find((fragment, i) => !follows(fragment, fragments[i - 1]));
  if (broken) throw notOfOnePiece(id, broken.startTicks / whole.track.timescale);
  return { ...whole, fragments };
}

/** Seconds on the presentation's time line at which the last sample has been shown. */
export function endOfRaw({ track, fragments }: RawMedia): number {
  const endTicks = fragments.reduce((end, fragment) => Math.max(end, fragment.endTicks), 0);
  return (endTicks - track.skipTicks) / track.timescale;
}

/** The encoder leaves nothing, or an empty file, when it got no frame. */
async function isEmpty(file: string): Promise<boolean> {
  const status = await stat(file).catch(() => undefined);
  return !status || status.size === 0;
}

function shift(fragment: Fragment, file: string, shiftTicks: number): RawFragment {
  return {
    ...fragment,
    startTicks: fragment.startTicks + shiftTicks,
    earliestTicks: fragment.earliestTicks + shiftTicks,
    endTicks: fragment.endTicks + shiftTicks,
    file,
    shiftTicks,
  };
}

function follows(fragment: RawFragment, before: RawFragment | undefined): boolean {
  return fragment.startTicks === (before ? before.startTicks + before.durationTicks : 0);
}

function notOfOnePiece(id: string, seconds: number): PackagingError {
  const message = `The parts of representation "${id}" do not continue each other at ${seconds.toFixed(1)} s.`;
  return new PackagingError('output-faulty', message);
}
