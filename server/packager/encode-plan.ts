/**
 * Writes down the one ffmpeg command that encodes everything: one process decodes once and feeds every rung and every
 * audio stream into a fragmented MP4 file of its own. A plan is data; `encode.ts` runs it, people can paste it.
 */
import { join } from 'node:path';
import { SAMPLING_RATE, writeFilterGraph } from './filter-graph.ts';
import { timescaleFor } from './frame-rate.ts';
import { INPUT_GUARD } from './input-guard.ts';
import type { AudioStream, InputInfo } from './input-info.ts';
import type { Rung } from './ladder.ts';
import { decimalOf, formatRate, type Ratio, ratio } from './ratio.ts';

export interface EncodePlan {
  readonly input: { readonly file: string; readonly options: readonly string[] };
  readonly filterGraph: string;
  /** In the order of the ladder. */
  readonly video: readonly PlannedOutput[];
  /** In the order of the input's audio. */
  readonly audio: readonly PlannedOutput[];
  /** Seconds of standing picture behind the video's own end. */
  readonly heldSeconds: number;
}

export interface PlannedOutput {
  /** Id of the representation to be made of it. */
  readonly id: string;
  readonly file: string;
  readonly options: readonly string[];
}

export interface EncodeConfig {
  /** Wanted length of a segment; the real one is the nearest whole number of frames. */
  readonly segmentSeconds: number;
  /** x264's; faster ones make larger files of the same quality. */
  readonly preset: string;
  /** x264's constant quality: 18 is hardly told from the input, 28 is visibly worse. */
  readonly crf: number;
  /** Bits per second of each audio stream. */
  readonly audioRate: number;
}

export const DEFAULT_ENCODE_CONFIG: EncodeConfig = {
  segmentSeconds: 4,
  preset: 'veryfast',
  crf: 23,
  audioRate: 128_000,
};

export interface PlanRequest {
  readonly input: InputInfo;
  /** Empty for an input without video. */
  readonly rungs: readonly Rung[];
  readonly directory: string;
  readonly canToneMap: boolean;
}

export function planEncode(request: PlanRequest, config: EncodeConfig = DEFAULT_ENCODE_CONFIG): EncodePlan {
  const { input, rungs, directory } = request;
  const graph = writeFilterGraph(input, rungs, request.canToneMap);
  const planned = (id: string, pad: string | undefined, options: readonly string[]): PlannedOutput => ({
    id,
    file: join(directory, `${id}.raw`),
    options: ['-map', pad ?? '', ...options, ...MUXING],
  });
  const rate = input.video?.frameRate ?? ratio(25, 1);
  return {
    input: { file: input.file, options: [...GLOBAL_OPTIONS, ...INPUT_GUARD] },
    filterGraph: graph.text,
    heldSeconds: graph.heldSeconds,
    video: rungs.map((rung, i) => planned(rung.id, graph.videoPads[i], videoOptions(rung, rate, config))),
    audio: input.audio.map((stream, i) => planned(audioId(stream), graph.audioPads[i], audioOptions(config))),
  };
}

/** No questions, no reports of success: only the status line, and what is wrong. */
const GLOBAL_OPTIONS: readonly string[] = ['-nostdin', '-hide_banner', '-v', 'warning', '-stats'];

export function outputsOf(plan: EncodePlan): readonly PlannedOutput[] {
  return [...plan.video, ...plan.audio];
}

/** The words behind `ffmpeg`, in the order in which fluent-ffmpeg passes them. */
export function argumentsOf(plan: EncodePlan): string[] {
  return [
    ...plan.input.options,
    '-i',
    plan.input.file,
    '-y',
    '-filter_complex',
    plan.filterGraph,
    ...outputsOf(plan).flatMap((output) => [...output.options, output.file]),
  ];
}

function audioId(stream: AudioStream): string {
  return stream.lang ? `audio-${stream.lang.toLowerCase()}` : 'audio';
}

/**
 * Closed groups of pictures of one length, so that segments begin with an IDR picture at the same instants on all rungs;
 * constant quality under a ceiling that `@bandwidth` can promise.
 */
function videoOptions(rung: Rung, rate: Ratio, config: EncodeConfig): string[] {
  const group = `${Math.max(1, Math.round(decimalOf(rate) * config.segmentSeconds))}`;
  return [
    ...['-c:v', 'libx264', '-preset', config.preset, '-crf', `${config.crf}`],
    ...['-maxrate', `${rung.maxRate}`, '-bufsize', `${2 * rung.maxRate}`],
    ...['-profile:v', 'high', '-pix_fmt', 'yuv420p', '-r', formatRate(rate)],
    ...['-g', group, '-keyint_min', group, '-sc_threshold', '0', '-x264-params', 'open-gop=0'],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...['-video_track_timescale', `${timescaleFor(rate)}`, '-flags:v', '+bitexact'],
    ...['-movflags', '+delay_moov+frag_keyframe+negative_cts_offsets+default_base_moof'],
  ];
}

/** Short fragments, so that segments can end close to where the picture's segments end. */
const AUDIO_FRAGMENT_MICROSECONDS = 1_000_000;

function audioOptions(config: EncodeConfig): string[] {
  return [
    ...['-c:a', 'aac', '-b:a', `${config.audioRate}`, '-ac', '2', '-ar', `${SAMPLING_RATE}`],
    ...['-flags:a', '+bitexact', '-frag_duration', `${AUDIO_FRAGMENT_MICROSECONDS}`],
    ...['-movflags', '+delay_moov+default_base_moof'],
  ];
}

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
