/**
 * Writes down the one ffmpeg command that encodes everything: one process decodes once and feeds every rung and every
 * audio stream into a fragmented MP4 file of its own. A plan is data; `encode.ts` runs it, people can paste it.
 */
import { join } from 'node:path';
import { audioEncoderOptions } from './audio-encoder.ts';
import { chooseAudio } from './audio-ladder.ts';
import { writeFilterGraph } from './filter-graph.ts';
import { INPUT_GUARD } from './input-guard.ts';
import type { InputInfo } from './input-info.ts';
import type { Rung } from './ladder.ts';
import type { PackagingConfig } from './packaging-config.ts';
import { decimalOf, ratio } from './ratio.ts';
import { videoEncoderOptions } from './video-encoder.ts';

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

export interface PlanRequest {
  readonly input: InputInfo;
  /** Empty for an input without video. */
  readonly rungs: readonly Rung[];
  readonly directory: string;
  readonly canToneMap: boolean;
  readonly config: Pick<PackagingConfig, 'segmentSeconds' | 'preset' | 'codecs'>;
}

export function planEncode(request: PlanRequest): EncodePlan {
  const { input, rungs, directory, config } = request;
  const graph = writeFilterGraph(input, rungs, request.canToneMap);
  const planned = (id: string, pad: string | undefined, options: readonly string[]): PlannedOutput => ({
    id,
    file: join(directory, `${id}.raw`),
    options: ['-map', pad ?? '', ...options, ...MUXING],
  });
  const frameRate = input.video?.frameRate ?? ratio(25, 1);
  const groupFrames = Math.max(1, Math.round(decimalOf(frameRate) * config.segmentSeconds));
  const encoding = { frameRate, groupFrames, preset: config.preset };
  return {
    input: { file: input.file, options: [...GLOBAL_OPTIONS, ...INPUT_GUARD] },
    filterGraph: graph.text,
    heldSeconds: graph.heldSeconds,
    video: rungs.map((rung, i) =>
      planned(rung.id, graph.videoPads[i], [...videoEncoderOptions(rung, encoding), ...VIDEO_FRAGMENTS]),
    ),
    audio: chooseAudio(input, config.codecs).map((rendition, i) =>
      planned(rendition.id, graph.audioPads[i], [...audioEncoderOptions(rendition), ...AUDIO_FRAGMENTS]),
    ),
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
