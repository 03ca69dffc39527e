/** Turns the encoder's raw files into the published ones, all cut into segments at the same times. */
import { rm, stat } from 'node:fs/promises';
import type { EncodePlan, PlannedOutput } from './encode-plan.ts';
import { type FragmentedFile, readFragmentedFile } from './fragmented-file.ts';
import type { InputInfo } from './input-info.ts';
import type { MediaSet } from './made-presentation.ts';
import { bytesOfRepresentation, type MadeRepresentation } from './made-representation.ts';
import { PackagingError } from './packaging-error.ts';
import { type Segment, segmentEachFragment, segmentNear } from './segments.ts';
import { writeIndexedFile } from './write-indexed-file.ts';

export interface MadeRepresentations {
  /** One set, in the order of the ladder; none for an input without a picture. */
  readonly video: readonly MediaSet[];
  /** In the order of the input's audio, without streams that turned out to have no sound. */
  readonly audio: readonly MediaSet[];
}

export interface MakeOptions {
  readonly directory: string;
  readonly segmentSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * Each raw file is removed as soon as it is used, so that the disk holds hardly more than the result.
 * @throws PackagingError `nothing-to-play` when the encoder got no picture out of the video, or nothing at all.
 */
export async function makeRepresentations(
  input: InputInfo,
  plan: EncodePlan,
  options: MakeOptions,
): Promise<MadeRepresentations> {
  const video = await makeVideo(input, plan, options);
  const audio = await makeAudio(input, plan, video[0], options);
  if (video.length + audio.length === 0) throw nothingToPlay(input, 'audio');
  return { video: video.length > 0 ? [{ lang: '', role: 'main', representations: video }] : [], audio };
}

async function makeVideo(
  input: InputInfo,
  plan: EncodePlan,
  options: MakeOptions,
): Promise<MadeRepresentation[]> {
  const made: MadeRepresentation[] = [];
  const frameRate = input.video?.frameRate;
  for (const output of plan.video) {
    const raw = await readRaw(output);
    if (!raw) throw nothingToPlay(input, 'video');
    if (isUseless(raw, made.at(-1))) {
      await rm(output.file);
      continue;
    }
    const finished = await finish(output, raw, segmentEachFragment(raw.fragments), options);
    made.push({ ...finished, ...(frameRate ? { frameRate } : {}) });
  }
  return made;
}

/** A smaller picture that costs about as much as a larger one, as happens with material of low quality, helps nobody. */
function isUseless(raw: FragmentedFile, larger: MadeRepresentation | undefined): boolean {
  if (!larger) return false;
  const bytes = raw.fragments.reduce((sum, fragment) => sum + fragment.bytes, 0);
  return bytes > MOST_OF_LARGER * bytesOfRepresentation(larger);
}

const MOST_OF_LARGER = 0.95;

async function makeAudio(
  input: InputInfo,
  plan: EncodePlan,
  picture: MadeRepresentation | undefined,
  options: MakeOptions,
): Promise<MediaSet[]> {
  const made: MediaSet[] = [];
  const starts = startsOf(picture, options.segmentSeconds);
  for (const [i, output] of plan.audio.entries()) {
    const raw = await readRaw(output);
    if (!raw) continue;
    const finished = await finish(output, raw, segmentNear(raw.fragments, starts(raw)), options);
    const role = made.length === 0 ? 'main' : 'alternate';
    made.push({ lang: input.audio[i]?.lang ?? '', role, representations: [finished] });
  }
  return made;
}

/** `undefined` when the encoder got no frame to write. */
async function readRaw({ file }: PlannedOutput): Promise<FragmentedFile | undefined> {
  const status = await stat(file).catch(() => undefined);
  if (!status || status.size === 0) return undefined;
  const raw = await readFragmentedFile(file);
  return raw.fragments.length > 0 ? raw : undefined;
}

async function finish(
  output: PlannedOutput,
  raw: FragmentedFile,
  segments: readonly Segment[],
  { directory, signal }: MakeOptions,
): Promise<MadeRepresentation> {
  const target = { directory, file: `${output.id}.mp4`, signal };
  const written = await writeIndexedFile(raw, segments, target);
  await rm(output.file);
  return { id: output.id, track: raw.track, ...written };
}

/** Where segments of sound should begin, in its own ticks: where the picture's do, and on in the same rhythm. */
function startsOf(
  picture: MadeRepresentation | undefined,
  segmentSeconds: number,
): (sound: FragmentedFile) => number[] {
  const wanted = picture?.segments.map(({ startTicks }) => startTicks / picture.track.timescale) ?? [0];
  return ({ track, fragments }) => {
    const end = (fragments.at(-1)?.startTicks ?? 0) / track.timescale;
    const starts = [...wanted];
    for (let next = (wanted.at(-1) ?? 0) + segmentSeconds; next <= end; next += segmentSeconds)
      starts.push(next);
    return starts.map((start) => start * track.timescale + track.skipTicks);
  };
}

function nothingToPlay(input: InputInfo, kind: 'video' | 'audio'): PackagingError {
  const message = `${input.name} has nothing to play: no frame of its ${kind} can be decoded.`;
  return new PackagingError('nothing-to-play', message);
}
