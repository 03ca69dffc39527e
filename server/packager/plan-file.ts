/** What packaging a file would do, told without doing it: nothing is encoded and nothing is written. */
import { fingerprintFile } from '../library/fingerprint.ts';
import { freeTitleId } from '../library/title-id.ts';
import { findAbilities } from './encode/abilities.ts';
import { argumentsOf, type EncodeJob } from './encode/encode-job.ts';
import { audioJob, type EncodePlan, SOUND_JOB, videoJob } from './encode/encode-plan.ts';
import { planInput } from './encode/plan-input.ts';
import { probe } from './input/probe.ts';
import { chooseLadder } from './ladder/ladder.ts';
import { nameTitle } from './name-title.ts';
import type { PackageOptions } from './package-file.ts';
import { DEFAULT_PACKAGING_CONFIG, type PackagingConfig } from './packaging-config.ts';
import { isAnalysed } from './per-title/analyse-title.ts';
import { quoteCommand } from './tool-error.ts';
import { toolsFrom } from './tools.ts';

export interface FilePlan {
  readonly id: string;
  readonly title: string;
  readonly plan: EncodePlan;
  readonly config: PackagingConfig;
  /** Jobs at once. */
  readonly parallel: number;
  /** One line for a POSIX shell for each run of ffmpeg, the picture's first. */
  readonly commands: readonly string[];
}

/** Stands for the folder that a run makes for itself. */
const WORK_FOLDER = '.work';
const MAKE_FOLDER = quoteCommand('mkdir', ['-p', WORK_FOLDER]);

/** @throws PackagingError about the input; ToolError when a tool fails; the signal's reason. */
export async function planFile(
  file: string,
  options: Omit<PackageOptions, 'onProgress' | 'onMade' | 'onCommand'>,
): Promise<FilePlan> {
  const { library, signal, tools = toolsFrom(process.env), config = DEFAULT_PACKAGING_CONFIG } = options;
  const input = await probe(file, tools, signal, config.input);
  for (const sentence of input.notices) options.onNotice?.(sentence);
  const fingerprint = await fingerprintFile(input.file);
  const { title, wantedId } = nameTitle(input.name, fingerprint, options);
  const abilities = await findAbilities({ input, tools, config }, options);
  if (isAnalysed(input, config)) options.onNotice?.(LEFT_OUT);
  const rungs = input.video ? chooseLadder(input.video, config) : [];
  const { plan, parallel } = planInput({ input, config }, rungs, abilities);
  return {
    id: await freeTitleId(library, wantedId, fingerprint),
    title,
    plan,
    config,
    parallel,
    commands: jobsOf(plan).map((job) => `${MAKE_FOLDER} && ${quoteCommand(tools.ffmpeg, argumentsOf(job))}`),
  };
}

const LEFT_OUT =
  'These are the usual rungs: the ones of this film follow from trial encodings, which a dry run leaves out.';

function jobsOf(plan: EncodePlan): EncodeJob[] {
  const { video } = plan.input;
  const pictures = video
    ? plan.chunks.map((chunk) => videoJob(plan, video, chunk, { directory: WORK_FOLDER }))
    : [];
  const sound = { id: SOUND_JOB, directory: WORK_FOLDER, end: video?.end };
  return plan.renditions.length > 0 ? [...pictures, audioJob(plan, sound)] : pictures;
}
