/** Turns what the encoder made into the published files, all cut into segments at the same times. */

import type { EncodedInput } from '../encode/encode-input.ts';
import { audioRole } from '../input/audio-role.ts';
import type { InputInfo } from '../input/input-info.ts';
import type { AudioRendition } from '../ladder/audio-ladder.ts';
import type { Rung } from '../ladder/ladder.ts';
import type { MediaSet } from '../made-presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import type { PackagingConfig } from '../packaging-config.ts';
import { PackagingError } from '../packaging-error.ts';
import type { RawFragment, RawMedia } from './raw-media.ts';
import { bytesOf, type Segment, segmentEachFragment, segmentNear } from './segments.ts';
import { writeIndexedFile } from './write-indexed-file.ts';
import { writeSegmentFiles } from './write-segment-files.ts';

export interface MadeRepresentations {
  /** One set for each codec, as they were asked for; none for an input without a picture. */
  readonly video: readonly MediaSet[];
  /** In the order of the input's audio, without streams that turned out to have no sound. */
  readonly audio: readonly MediaSet[];
}

export interface MakeOptions {
  /** Empty, to be filled. */
  readonly directory: string;
  readonly config: Pick<PackagingConfig, 'codecs' | 'segmentSeconds' | 'layout'>;
  readonly signal: AbortSignal;
}

/** @throws PackagingError `nothing-to-play` when the encoder got no picture out of the video, or nothing at all. */
export async function makeRepresentations(
  input: InputInfo,
  encoded: EncodedInput,
  options: MakeOptions,
): Promise<MadeRepresentations> {
  const video = await makeVideo(input, encoded, options);
  const audio = await makeAudio(encoded, video[0]?.representations[0], options);
  if (video.length + audio.length === 0) throw nothingToPlay(input, 'audio');
  return { video, audio };
}

async function makeVideo(input: InputInfo, encoded: EncodedInput, options: MakeOptions): Promise<MediaSet[]> {
  const byCodec = new Map<Rung['codec'], MadeRepresentation[]>();
  const frameRate = input.video?.frameRate;
  for (const { rung, raw } of encoded.video) {
    if (!raw) throw nothingToPlay(input, 'video');
    const made = byCodec.get(rung.codec) ?? [];
    byCodec.set(rung.codec, made);
    if (isUseless(raw, made.at(-1))) continue;
    const finished = await finish(rung.id, raw, segmentEachFragment(raw.fragments), options);
    made.push({ ...finished, ...(frameRate ? { frameRate } : {}) });
  }
  return options.config.codecs.flatMap((codec) => {
    const representations = byCodec.get(codec);
    return representations ? [{ lang: '', role: 'main', representations }] : [];
  });
}

/**
 * What costs about as much as a better one of the same helps nobody: a smaller picture of material of low quality, silence at
 * another rate. Media is compared with media: beside a short film the head of a file would count.
 */
function isUseless(raw: RawMedia, better: MadeRepresentation | undefined): boolean {
  if (!better) return false;
  return bytesOf(raw.fragments) > MOST_OF_BETTER * bytesOf(better.segments);
}

const MOST_OF_BETTER = 0.95;

/** Renditions of one stream that a player may switch between stand in one set: same codec, same channels. */
async function makeAudio(
  encoded: EncodedInput,
  picture: MadeRepresentation | undefined,
  options: MakeOptions,
): Promise<MediaSet[]> {
  const sets = new Map<string, { rendition: AudioRendition; representations: MadeRepresentation[] }>();
  const starts = startsOf(picture, options.config.segmentSeconds);
  for (const { rendition, raw } of encoded.audio) {
    if (!raw) continue;
    const content = `${rendition.stream.index} ${rendition.codec} ${rendition.channels}`;
    const set = sets.get(content) ?? { rendition, representations: [] };
    sets.set(content, set);
    if (isUseless(raw, set.representations.at(-1))) continue;
    set.representations.push(
      await finish(rendition.id, raw, segmentNear(raw.fragments, starts(raw)), options),
    );
  }
  const streams = [...new Set([...sets.values()].map(({ rendition }) => rendition.stream))];
  return [...sets.values()].map(({ rendition: { stream }, representations }) => ({
    lang: stream.lang,
    ...(stream.title ? { label: stream.title } : {}),
    role: audioRole(stream, streams),
    representations,
  }));
}

async function finish(
  id: string,
  raw: RawMedia,
  segments: readonly Segment<RawFragment>[],
  { directory, config, signal }: MakeOptions,
): Promise<MadeRepresentation> {
  const write = config.layout === 'files' ? writeSegmentFiles : writeIndexedFile;
  return { id, track: raw.track, ...(await write(raw, segments, { directory, id, signal })) };
}

/** Where segments of sound should begin, in its own ticks: where the picture's do, and on in the same rhythm. */
function startsOf(
  picture: MadeRepresentation | undefined,
  segmentSeconds: number,
): (sound: RawMedia) => number[] {
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
