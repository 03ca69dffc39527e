/** Writes the two ffmpeg commands of a probe: encode a shot in many ways from one decoding, and compare them with it. */
import { join } from 'node:path';
import type { Abilities } from '../abilities.ts';
import type { Chunk } from '../chunks.ts';
import { writeVideoGraph } from '../filter-graph.ts';
import type { InputInfo, Size, VideoStream } from '../input-info.ts';
import type { Preset } from '../packaging-config.ts';
import { inputItself, seekOptions } from '../seek.ts';
import { videoEncoderOptions } from '../video-encoder.ts';
import type { QualityMeasure } from './quality-measure.ts';
import type { Encoding } from './rate-quality.ts';

export interface ProbePlan {
  readonly input: Pick<InputInfo, 'file'> & { readonly video: VideoStream };
  /** Of the film, on its own grid. */
  readonly shot: Chunk;
  /** At which all are compared. */
  readonly top: Size;
  /** At least one; largest first. */
  readonly encodings: readonly Encoding[];
  readonly measure: QualityMeasure;
  readonly preset: Preset;
  readonly abilities: Omit<Abilities, 'canEncodeOpus'>;
  /** Where the encodings are put. */
  readonly folder: string;
}

/** `-benchmark` has ffmpeg say how much processor it used. */
const GLOBAL_OPTIONS: readonly string[] = [
  '-nostdin',
  '-hide_banner',
  '-v',
  'info',
  '-nostats',
  '-benchmark',
];

/** Where `encodeArguments` has ffmpeg write the size of each frame. */
export function frameSizesFile({ folder }: Pick<ProbePlan, 'folder'>): string {
  return join(folder, 'frame-sizes.txt');
}

/** Writes one file for each encoding, numbered in their order. */
export function encodeArguments(plan: ProbePlan): string[] {
  const { encodings } = plan;
  const sizes = [plan.top, ...encodings].filter((size, i, all) => all.findIndex(isSize(size)) === i);
  const { text, pads } = tidyGraph(plan, sizes);
  const chains = sizes.map((size, i) => {
    const users = encodings.flatMap((encoding, user) => (isSize(size)(encoding) ? [`[p${user}]`] : []));
    return users.length > 0 ? `${pads[i]}split=${users.length}${users.join('')}` : `${pads[i]}nullsink`;
  });
  const outputs = encodings.flatMap((encoding, i) => [
    ...['-map', `[p${i}]`, ...encoderOptions(encoding, plan), '-f', 'mp4'],
    encodingFile(plan, i),
  ]);
  const graph = ['-filter_complex', [text, ...chains].join(';')];
  return [
    ...GLOBAL_OPTIONS,
    '-y',
    '-vstats_file',
    frameSizesFile(plan),
    ...inputOptions(plan),
    ...graph,
    ...outputs,
  ];
}

function isSize(size: Size): (other: Size) => boolean {
  return (other) => other.width === size.width && other.height === size.height;
}

/** The shot as the film's own encoding will see it, in each size. */
function tidyGraph({ input, shot, abilities }: ProbePlan, sizes: readonly Size[]) {
  const { video } = input;
  const graph = writeVideoGraph({ ...abilities, video, rungs: sizes, chunk: shot, heldFrames: 0 });
  return { text: `${graph.text};${graph.pulsePad}nullsink`, pads: graph.pads };
}

function inputOptions({ input, shot }: ProbePlan): string[] {
  const { file, options, chunkOptions } = inputItself(input.file);
  return [...options, ...chunkOptions, ...seekOptions(shot, input.video.frameRate), '-i', file];
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

/** So that only every third frame is scaled up and compared: neighbours lose much the same. */
const FRAME_STEP = 3;

/** Both sides are numbered by frame, so that nothing can put them out of step. */
const NUMBERED = `framestep=${FRAME_STEP},settb=1/1000,setpts=N`;

/** Each filter says its result under a name of its own: `[ssim@q3 @ 0x…] SSIM …`. */
export function measureArguments(plan: ProbePlan): string[] {
  const { top, encodings, measure } = plan;
  const { text, pads } = tidyGraph(plan, [top]);
  const scale = `scale=${top.width}:${top.height}:flags=bicubic,setsar=1`;
  const graph = [
    text,
    `${pads[0]}${NUMBERED},split=${encodings.length}${encodings.map((_, i) => `[r${i}]`).join('')}`,
    ...encodings.map((_, i) => {
      const judged = `[${i + 1}:v]${NUMBERED},${scale}[d${i}]`;
      return `${judged};[d${i}][r${i}]${measure.filter}@${filterName(i)}[o${i}]`;
    }),
  ];
  const files = encodings.flatMap((_, i) => ['-i', encodingFile(plan, i)]);
  const maps = encodings.flatMap((_, i) => ['-map', `[o${i}]`]);
  const filter = ['-filter_complex', graph.join(';')];
  return [...GLOBAL_OPTIONS, ...inputOptions(plan), ...files, ...filter, ...maps, '-f', 'null', '-'];
}

function encodingFile({ folder }: ProbePlan, i: number): string {
  return join(folder, `${i}.mp4`);
}

function filterName(i: number): string {
  return `q${i}`;
}

/** What the filter of encoding `i` said; `undefined` when it said nothing, as for a shot without a frame. */
export function readQuality(stderr: string, i: number, measure: QualityMeasure): number | undefined {
  const lines = stderr.split('\n').filter((line) => line.includes(`@${filterName(i)} @`));
  return lines.map(measure.read).find((value) => value !== undefined);
}

/** Seconds of all processors together; 0 when it does not say. */
export function readCpu(stderr: string): number {
  const [, user = 0, system = 0] = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr) ?? [];
  return Number(user) + Number(system);
}
