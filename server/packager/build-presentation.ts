/** From a probed input to all files of a title in one folder: encode, make representations, check, finish. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canConvertLight } from './can-convert-light.ts';
import { readCaptionsFile } from './captions/captions-file.ts';
import { checkPresentation, describeUnevenEnds } from './check-presentation.ts';
import { encode } from './encode.ts';
import { argumentsOf, type EncodePlan, planEncode } from './encode-plan.ts';
import { explainFailure } from './explain-failure.ts';
import { type FinishedPresentation, finishPresentation } from './finish-presentation.ts';
import type { InputInfo } from './input-info.ts';
import { chooseLadder } from './ladder.ts';
import { timingOf } from './made-presentation.ts';
import { makeRepresentations } from './make-representations.ts';
import type { PackagingConfig } from './packaging-config.ts';
import { createProgressMeter, type Progress } from './progress.ts';
import { quoteCommand } from './tool-error.ts';
import type { Tools } from './tools.ts';
import { refuseTruncated } from './truncation.ts';

export interface BuildRequest {
  readonly input: InputInfo;
  readonly title: string;
  /** Empty, and on the disk of the library. */
  readonly directory: string;
  readonly tools: Tools;
  readonly config: PackagingConfig;
}

export interface BuildOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onNotice?: (sentence: string) => void;
  readonly onCommand?: (commandLine: string) => void;
}

/** @throws PackagingError, ToolError, or the signal's reason. */
export async function buildPresentation(
  request: BuildRequest,
  options: BuildOptions,
): Promise<FinishedPresentation> {
  const { input, title, directory, tools, config } = request;
  const { signal, onNotice = () => undefined } = options;
  const captions = await Promise.all(config.captions.map((each) => readCaptionsFile(each, onNotice)));
  const plan = await encodeInto(request, options);
  const media = join(directory, UNNAMED_VERSION);
  await mkdir(media);
  const { segmentSeconds } = config;
  const made = await makeRepresentations(input, plan, { directory: media, segmentSeconds, signal });
  refuseTruncated(input, { ...made, heldSeconds: plan.heldSeconds });
  await checkPresentation(made, media);
  for (const sentence of describeUnevenEnds(made)) onNotice(sentence);
  const context = { input, media: { ...made, ...timingOf(made) }, directory: media, tools, signal, onNotice };
  return finishPresentation(context, { title, directory, captions });
}

/** The version is named after its content, which is known last. */
const UNNAMED_VERSION = 'version';

async function encodeInto(request: BuildRequest, options: BuildOptions): Promise<EncodePlan> {
  const { input, directory, tools, config } = request;
  const { signal, onProgress } = options;
  const rungs = input.video ? chooseLadder(input.video, config) : [];
  const canToneMap = await canConvertLight(input, tools, options);
  const plan = planEncode({ input, rungs, directory, canToneMap, config });
  // The folder of the outputs is gone when this run is over: the line makes it again.
  const makeFolder = quoteCommand('mkdir', ['-p', directory]);
  options.onCommand?.(`${makeFolder} && ${quoteCommand(tools.ffmpeg, argumentsOf(plan))}`);
  const meter = createProgressMeter(input.duration, () => performance.now() / 1000);
  try {
    await encode(plan, { ffmpeg: tools.ffmpeg, signal, onTime: (done) => onProgress?.(meter(done)) });
  } catch (error) {
    throw explainFailure(error, input);
  }
  return plan;
}
