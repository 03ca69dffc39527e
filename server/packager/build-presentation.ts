/** From a probed input to all files of a title in one folder: encode, index, check, describe, take a poster. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MPD_FILE, type TitleFile } from '../library/title.ts';
import { versionOf } from '../library/version.ts';
import { checkPresentation, describeUnevenEnds } from './check-presentation.ts';
import { isHdr } from './colour-conversion.ts';
import { describeContent, describeMediaFiles } from './describe-title.ts';
import { encode } from './encode.ts';
import { argumentsOf, type EncodePlan, planEncode } from './encode-plan.ts';
import { explainFailure } from './explain-failure.ts';
import { hasFilters } from './has-filters.ts';
import type { InputInfo } from './input-info.ts';
import { chooseLadder } from './ladder.ts';
import { type MadePresentation, representationsOf, timingOf } from './made-presentation.ts';
import { makeRepresentations } from './make-representations.ts';
import { writeMpd } from './mpd.ts';
import type { PackagingConfig } from './packaging-config.ts';
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
  readonly config: PackagingConfig;
}

export interface BuildOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly onNotice?: (sentence: string) => void;
  readonly onCommand?: (commandLine: string) => void;
}

export interface BuiltPresentation {
  readonly presentation: MadePresentation;
  /** Folder of all files that never change. */
  readonly version: string;
  /** Everything to be published, by its path inside the title's folder. */
  readonly files: Readonly<Record<string, TitleFile>>;
  /** Key of `files`. */
  readonly poster?: string;
}

const POSTER_FILE = 'poster.jpg';

/** @throws PackagingError, ToolError, or the signal's reason. */
export async function buildPresentation(
  request: BuildRequest,
  options: BuildOptions,
): Promise<BuiltPresentation> {
  const plan = await encodeInto(request, options);
  const { input, title, directory, tools, config } = request;
  const { signal } = options;
  const { segmentSeconds } = config;
  const media = join(directory, UNNAMED_VERSION);
  await mkdir(media);
  const made = await makeRepresentations(input, plan, { directory: media, segmentSeconds, signal });
  refuseTruncated(input, { ...made, heldSeconds: plan.heldSeconds });
  const presentation: MadePresentation = { title, ...made, text: [], ...timingOf(made) };
  await checkPresentation(presentation, media);
  for (const sentence of describeUnevenEnds(presentation)) options.onNotice?.(sentence);
  const lasting: Record<string, TitleFile> = Object.assign(
    {},
    ...representationsOf(presentation).map(describeMediaFiles),
  );
  const top = presentation.video[0]?.representations[0];
  if (top?.stored.layout === 'indexed') {
    const target = join(media, POSTER_FILE);
    const place = { video: join(media, top.stored.file), duration: presentation.duration, target };
    await makePoster(place, tools, signal);
    lasting[POSTER_FILE] = describeContent(await readFile(target), 'image/jpeg');
  }
  const version = versionOf(lasting);
  await rename(media, join(directory, version));
  const mpd = writeMpd(presentation, version);
  await writeFile(join(directory, MPD_FILE), mpd);
  const inVersion = Object.entries(lasting).map(([name, file]) => [`${version}/${name}`, file]);
  return {
    presentation,
    version,
    files: {
      [MPD_FILE]: describeContent(Buffer.from(mpd), 'application/dash+xml'),
      ...Object.fromEntries(inVersion),
    },
    ...(top ? { poster: `${version}/${POSTER_FILE}` } : {}),
  };
}

/** The version is named after its content, which is known last. */
const UNNAMED_VERSION = 'version';

async function encodeInto(request: BuildRequest, options: BuildOptions): Promise<EncodePlan> {
  const { input, directory, tools, config } = request;
  const { signal, onProgress } = options;
  const rungs = input.video ? chooseLadder(input.video, config) : [];
  const canToneMap = await canToneMapFor(request, options);
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

/** Asked only for HDR; without the filters the film is made all the same. */
async function canToneMapFor({ input, tools }: BuildRequest, options: BuildOptions): Promise<boolean> {
  if (!input.video || !isHdr(input.video.colour)) return false;
  const canToneMap = await hasFilters(['zscale', 'tonemap'], tools, options.signal);
  if (!canToneMap)
    options.onNotice?.('This ffmpeg has no zscale and tonemap filters: the HDR picture will look pale.');
  return canToneMap;
}
