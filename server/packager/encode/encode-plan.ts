/**
 * Writes down how an input is encoded: a job for each chunk of the picture, which is decoded once and feeds every rung,
 * and one job for all of the sound. A plan is data; `encode-input.ts` carries it out.
 */
import { join } from 'node:path';
import type { InputInfo, VideoStream } from '../input/input-info.ts';
import type { AudioRendition } from '../ladder/audio-ladder.ts';
import type { Rung } from '../ladder/ladder.ts';
import type { PackagingConfig } from '../packaging-config.ts';
import { decimalOf, type Ratio } from '../ratio.ts';
import { audioEncoderOptions } from './audio-encoder.ts';
import { type Chunk, cutIntoChunks } from './chunks.ts';
import type { EncodeJob, JobOutput } from './encode-job.ts';
import { type FilterGraph, writeAudioGraph, writeVideoGraph } from './filter-graph.ts';
import { pulseOutput } from './pulse.ts';
import { inputItself, type JobSource, seekOptions } from './seek.ts';
import { videoEncoderOptions } from './video-encoder.ts';
import type { Av1Encoder } from './video-options/video-encoding.ts';

export interface EncodeRequest {
  readonly input: InputInfo;
  /** Empty for an input without video. */
  readonly rungs: readonly Rung[];
  readonly renditions: readonly AudioRendition[];
  readonly canConvertLight: boolean;
  readonly hasZscale: boolean;
  readonly av1Encoder: Av1Encoder;
  readonly config: Pick<PackagingConfig, 'segmentSeconds' | 'preset'>;
  /** Wanted length of a chunk, in seconds. */
  readonly chunkSeconds: number;
  /** Of each encoder. */
  readonly threads: number;
}

export interface EncodePlan extends EncodeRequest {
  readonly source: JobSource;
  /** In order of time; none without a picture. */
  readonly chunks: readonly Chunk[];
  /** From one sync picture to the next. */
  readonly groupFrames: number;
  /** Standing picture behind the end of the film, so that it ends with the sound. */
  readonly heldFrames: number;
}

export function planEncode(request: EncodeRequest): EncodePlan {
  const { input, renditions, config, chunkSeconds } = request;
  const source = inputItself(input.file);
  if (!input.video) return { ...request, source, chunks: [], groupFrames: 1, heldFrames: 0 };
  const { frameRate, end = input.duration } = input.video;
  const groupFrames = groupFramesFor(frameRate, config.segmentSeconds);
  const chunks = cutIntoChunks({ frameRate, groupFrames, duration: end, chunkSeconds });
  return { ...request, source, groupFrames, chunks, heldFrames: framesToHold(input.video, renditions) };
}

/** From one sync picture to the next, at least 1. */
export function groupFramesFor(frameRate: Ratio, segmentSeconds: number): number {
  return Math.max(1, Math.round(decimalOf(frameRate) * segmentSeconds));
}

/** From one sync picture to the next. */
export function groupSecondsOf({ input, groupFrames }: EncodePlan): number {
  return input.video ? groupFrames / decimalOf(input.video.frameRate) : 1;
}

/** 0 unless the longest sound goes on for more than a frame after the picture; both ends must be known. */
function framesToHold({ end, frameRate }: VideoStream, renditions: readonly AudioRendition[]): number {
  if (end === undefined) return 0;
  const missing = Math.max(0, ...renditions.map(({ stream }) => stream.end ?? 0)) - end;
  const frames = missing * decimalOf(frameRate);
  return frames > 1 ? Math.round(frames) : 0;
}

/** Of the jobs that are certain to come, whatever comes out of them. */
export function jobIdsOf({ chunks, renditions, heldFrames }: EncodePlan): string[] {
  const last = chunks.length - 1;
  const video = chunks.map((chunk) => videoJobId(chunk, chunk.number === last ? { heldFrames } : {}));
  return renditions.length > 0 ? [...video, SOUND_JOB] : video;
}

export const SOUND_JOB = 'sound';

/** Of one chunk; `isFromStart`: decoded from the start of the film, for inputs that are not to be sought in. */
export interface VideoJobOptions {
  readonly directory: string;
  readonly isFromStart?: boolean;
  /** Standing picture behind the end of the film. */
  readonly heldFrames?: number;
}

export function videoJob(
  plan: EncodePlan,
  video: VideoStream,
  chunk: Chunk,
  options: VideoJobOptions,
): EncodeJob {
  const { directory, isFromStart = false, heldFrames = 0 } = options;
  const id = videoJobId(chunk, options);
  const { rungs, canConvertLight, hasZscale, source, groupFrames, threads, av1Encoder } = plan;
  const { frameRate } = video;
  const { preset } = plan.config;
  const graph = writeVideoGraph({ video, rungs, chunk, canConvertLight, hasZscale, heldFrames });
  const encoding = { frameRate, groupFrames, preset, threads, av1Encoder };
  const encoded = rungs.map((rung) => {
    const isLower = rung.height < (rungs[0]?.height ?? 0);
    return [...videoEncoderOptions(rung, { ...encoding, isLower }), ...VIDEO_FRAGMENTS];
  });
  const files = rungs.map((rung) => rawFile(directory, rung.id, id));
  return {
    id,
    seconds: secondsOf(chunk, video.end ?? plan.input.duration, decimalOf(frameRate)),
    input: {
      file: source.file,
      options: [
        ...COMMON,
        ...source.options,
        ...(plan.chunks.length > 1 ? [...ONE_THREAD, ...source.chunkOptions] : []),
        ...(isFromStart ? [] : seekOptions(chunk, frameRate)),
      ],
    },
    ...graphAndOutputs(graph, encoded, files),
  };
}

/** `end`: where the picture ends, in seconds, so that the sound is filled up to there. */
export function audioJob(
  { source, renditions, input }: EncodePlan,
  { id, directory, end }: { id: string; directory: string; end: number | undefined },
): EncodeJob {
  const encoded = renditions.map((rendition) => [...audioEncoderOptions(rendition), ...AUDIO_FRAGMENTS]);
  const files = renditions.map((rendition) => rawFile(directory, rendition.id, id));
  return {
    id,
    seconds: input.video ? 0 : input.duration,
    input: { file: source.file, options: [...COMMON, ...source.options] },
    ...graphAndOutputs(writeAudioGraph(renditions, end), encoded, files),
  };
}

/** Where a job leaves what it made for one representation. */
export function rawFile(directory: string, representationId: string, jobId: string): string {
  return join(directory, `${representationId}.${jobId}.raw`);
}

function secondsOf(
  { startFrame, frames }: Chunk,
  end: number | undefined,
  framesPerSecond: number,
): number | undefined {
  if (frames !== undefined) return frames / framesPerSecond;
  return end === undefined ? undefined : Math.max(0, end - startFrame / framesPerSecond);
}

function videoJobId(
  { number }: Chunk,
  { isFromStart, heldFrames }: Omit<VideoJobOptions, 'directory'>,
): string {
  const start = isFromStart ? ['start'] : [];
  return [number, ...start, ...(heldFrames ? [`held${heldFrames}`] : [])].join('-');
}

function graphAndOutputs(
  { text, pads, pulsePad }: FilterGraph,
  encoded: readonly (readonly string[])[],
  files: readonly string[],
): { filterGraph: string; outputs: JobOutput[] } {
  const outputs = files.map((file, i) => ({
    file,
    options: ['-map', pads[i] ?? '', ...(encoded[i] ?? []), ...MUXING],
  }));
  return { filterGraph: text, outputs: [...outputs, pulseOutput(pulsePad)] };
}

/** No questions, no reports of success: only the status line, and what is wrong. */
export const COMMON: readonly string[] = ['-nostdin', '-hide_banner', '-v', 'warning', '-stats'];

/** For filters and decoder, when chunks beside this one keep the other cores busy. */
const ONE_THREAD: readonly string[] = ['-filter_complex_threads', '1', '-threads', '1'];

/** One fragment for each group of pictures. */
const VIDEO_FRAGMENTS: readonly string[] = [
  '-movflags',
  '+delay_moov+frag_keyframe+negative_cts_offsets+default_base_moof',
];

/** Short fragments, so that segments can end close to where the picture's segments end; in microseconds. */
const AUDIO_FRAGMENTS: readonly string[] = [
  '-frag_duration',
  '1000000',
  '-movflags',
  '+delay_moov+default_base_moof',
];

/** Nothing of the input's metadata and no stamp of the encoder; these flags mean the same in ffmpeg 4.1 to today's. */
const MUXING: readonly string[] = [
  '-map_metadata',
  '-1',
  '-map_chapters',
  '-1',
  '-fflags',
  '+bitexact',
  '-f',
  'mp4',
];
