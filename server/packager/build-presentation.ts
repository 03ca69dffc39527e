/** From a probed input to all files of a title in one folder: encode, index, check, describe, take a poster. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MPD_FILE } from '../library/title.ts';
import { checkPresentation, describeUnevenEnds } from './check-presentation.ts';
import { isHdr } from './colour-conversion.ts';
import { encode } from './encode.ts';
import { argumentsOf, DEFAULT_ENCODE_CONFIG, type EncodePlan, planEncode } from './encode-plan.ts';
import { explainFailure } from './explain-failure.ts';
import { hasFilters } from './has-filters.ts';
import type { InputInfo } from './input-info.ts';
import { chooseLadder } from './ladder.ts';
import { makeRepresentations } from './make-representations.ts';
import { describePresentation, type MadePresentation, writeMpd } from './mpd.ts';
import { makePoster } from './poster.ts';
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
}

export interface BuildOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onNotice?: (sentence: string) => void;
  readonly onCommand?: (commandLine: string) => void;
}

export interface BuiltPresentation {
  readonly presentation: MadePresentation;
  /** Paths of everything to be published. */
  readonly files: { readonly mpd: string; readonly poster?: string };
}

const POSTER_FILE = 'poster.jpg';

/** @throws PackagingError, ToolError, or the signal's reason. */
export async function buildPresentation(
  request: BuildRequest,
  options: BuildOptions,
): Promise<BuiltPresentation> {
  const plan = await encodeInto(request, options);
  const { input, title, directory, tools } = request;
  const { signal } = options;
  const { segmentSeconds } = DEFAULT_ENCODE_CONFIG;
  const made = await makeRepresentations(input, plan, { directory, segmentSeconds, signal });
  refuseTruncated(input, { ...made, heldSeconds: plan.heldSeconds });
  const presentation = describePresentation(title, made);
  await checkPresentation(presentation);
  for (const sentence of describeUnevenEnds(presentation)) options.onNotice?.(sentence);
  const mpd = join(directory, MPD_FILE);
  await writeFile(mpd, writeMpd(presentation));
  const [top] = made.video;
  if (!top) return { presentation, files: { mpd } };
  const poster = join(directory, POSTER_FILE);
  await makePoster({ video: top.file.file, duration: presentation.duration, target: poster }, tools, signal);
  return { presentation, files: { mpd, poster } };
}

async function encodeInto(request: BuildRequest, options: BuildOptions): Promise<EncodePlan> {
  const { input, directory, tools } = request;
  const { signal, onProgress } = options;
  const rungs = input.video ? chooseLadder(input.video) : [];
  const canToneMap = await canToneMapFor(request, options);
  const plan = planEncode({ input, rungs, directory, canToneMap });
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

/** Asked only for HDR; without the filters the film is made all the same. */
async function canToneMapFor({ input, tools }: BuildRequest, options: BuildOptions): Promise<boolean> {
  if (!input.video || !isHdr(input.video.colour)) return false;
  const canToneMap = await hasFilters(['zscale', 'tonemap'], tools, options.signal);
  if (!canToneMap)
    options.onNotice?.('This ffmpeg has no zscale and tonemap filters: the HDR picture will look pale.');
  return canToneMap;
}
