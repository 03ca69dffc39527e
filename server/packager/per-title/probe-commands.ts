/** Writes the ffmpeg command that encodes a shot in many ways from one decoding. */
import { join } from 'node:path';
import { videoEncoderOptions } from '../encode/video-encoder.ts';
import type { Size } from '../input/input-info.ts';
import type { Preset } from '../packaging-config.ts';
import { type FilmPart, partGraph, partInput } from '../quality/film-part.ts';
import { SPOKEN } from '../quality/spoken-result.ts';
import type { Encoding } from './rate-quality.ts';

export interface ProbePlan extends FilmPart {
  /** From which all others are scaled. */
  readonly top: Size;
  /** At least one; largest first. */
  readonly encodings: readonly Encoding[];
  readonly preset: Preset;
  /** Where the encodings are put. */
  readonly folder: string;
}

/** Where ffmpeg writes the size of each frame. */
export function frameSizesFile({ folder }: Pick<ProbePlan, 'folder'>): string {
  return join(folder, 'frame-sizes.txt');
}

/** In the order of the encodings. */
export function encodingFiles({ folder, encodings }: Pick<ProbePlan, 'folder' | 'encodings'>): string[] {
  return encodings.map((_, i) => join(folder, `${i}.mp4`));
}

export function encodeArguments(plan: ProbePlan): string[] {
  const { encodings } = plan;
  const sizes = [plan.top, ...encodings].filter((size, i, all) => all.findIndex(isSize(size)) === i);
  const { text, pads } = partGraph(plan, sizes);
  const chains = sizes.map((size, i) => {
    const users = encodings.flatMap((encoding, user) => (isSize(size)(encoding) ? [`[p${user}]`] : []));
    return users.length > 0 ? `${pads[i]}split=${users.length}${users.join('')}` : `${pads[i]}nullsink`;
  });
  const files = encodingFiles(plan);
  const outputs = encodings.flatMap((encoding, i) => [
    ...['-map', `[p${i}]`, ...encoderOptions(encoding, plan), '-f', 'mp4'],
    files[i] ?? '',
  ]);
  const statistics = ['-y', '-vstats_file', frameSizesFile(plan)];
  const graph = ['-filter_complex', [text, ...chains].join(';')];
  return [...SPOKEN, ...statistics, ...partInput(plan), ...graph, ...outputs];
}

function isSize(size: Size): (other: Size) => boolean {
  return (other) => other.width === size.width && other.height === size.height;
}

/** No ceiling that a shot could reach, and one sync picture, at its start. Many encoders at once need no threads each. */
function encoderOptions(encoding: Encoding, { input, top, preset, abilities }: ProbePlan): string[] {
  const rate = { kind: 'crf', crf: encoding.crf, maxRate: UNREACHED_RATE } as const;
  const { frameRate } = input.video;
  const isLower = encoding.height < top.height;
  const settings = { ...abilities, frameRate, groupFrames: UNREACHED_GROUP, threads: 1, preset, isLower };
  return videoEncoderOptions({ id: '', ...encoding, rate }, settings);
}

const UNREACHED_RATE = 100_000_000;
const UNREACHED_GROUP = 600;
