/** Measures how much of the input's picture each finished representation still shows, in a few places of the film. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Abilities } from '../encode/abilities.ts';
import { isSeekable } from '../encode/seek.ts';
import type { InputInfo, VideoStream } from '../input/input-info.ts';
import { chooseSizes } from '../ladder/ladder.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import { mediaBytes } from '../media/media-bytes.ts';
import { decimalOf } from '../ratio.ts';
import { ToolError } from '../tool-error.ts';
import { runTool, type Tools } from '../tools.ts';
import { chooseSamples, type Sample } from './choose-samples.ts';
import { type Comparison, comparisonArguments, readQualities } from './compare-pictures.ts';
import { SSIM } from './quality-measure.ts';
import { readCpu } from './spoken-result.ts';

export interface QualityRequest {
  readonly input: InputInfo;
  /** With a picture, all of the same segments. */
  readonly representations: readonly MadeRepresentation[];
  /** Of the representations' files. */
  readonly directory: string;
  /** For copies that are gone afterwards; need not be there. */
  readonly workFolder: string;
  readonly abilities: Omit<Abilities, 'canEncodeOpus'>;
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

export interface MeasuredQuality {
  /** SSIM against the input by id of the representation, at the input's size, 0 … 1. */
  readonly quality: ReadonlyMap<string, number>;
  /** Seconds of all processors together. */
  readonly cpu: number;
}

const NOTHING: MeasuredQuality = { quality: new Map(), cpu: 0 };

/**
 * Each sample is cut out of the film as its encoder saw it, frame by frame. Empty for sound, and when this ffmpeg cannot
 * compare pictures.
 * @throws the signal's reason when aborted.
 */
export async function measureQuality(request: QualityRequest): Promise<MeasuredQuality> {
  const { input, representations, workFolder } = request;
  const [first] = representations;
  const { video } = input;
  if (!video || !first) return NOTHING;
  const samples = chooseSamples(filmOf(input, video, first));
  const results: SampleResult[] = [];
  try {
    for (const sample of samples) results.push(await measureSample({ ...request, video, sample, first }));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return NOTHING;
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  const quality = representations.flatMap(({ id }, i): [string, number][] => {
    const values = results.flatMap(({ qualities }) => qualities[i] ?? []);
    return values.length > 0 ? [[id, values.reduce((sum, value) => sum + value, 0) / values.length]] : [];
  });
  return { quality: new Map(quality), cpu: results.reduce((sum, { cpu }) => sum + cpu, 0) };
}

function filmOf(
  { container }: InputInfo,
  { frameRate }: VideoStream,
  { segments, track }: MadeRepresentation,
) {
  const framesPerSecond = decimalOf(frameRate);
  const usual = (segments[0]?.durationTicks ?? 0) / track.timescale;
  return {
    segments: segments.length,
    framesPerSegment: Math.max(1, Math.round(usual * framesPerSecond)),
    framesPerSecond,
    isSeekable: isSeekable(container),
  };
}

interface SampleRequest extends QualityRequest {
  readonly video: VideoStream;
  readonly first: MadeRepresentation;
  readonly sample: Sample;
}

interface SampleResult {
  readonly qualities: readonly (number | undefined)[];
  readonly cpu: number;
}

/** About so many frames a second are scaled up and compared: neighbours lose much the same. */
const COMPARED_FRAMES = 4;

async function measureSample(request: SampleRequest): Promise<SampleResult> {
  const { input, video, first, sample, abilities, tools, signal } = request;
  const framesPerSecond = decimalOf(video.frameRate);
  const startTicks = first.segments[sample.segment]?.startTicks ?? 0;
  const startFrame = Math.round((startTicks / first.track.timescale) * framesPerSecond);
  const comparison: Comparison = {
    input: { file: input.file, video },
    part: { number: 0, startFrame, frames: sample.frames },
    isFromStart: !isSeekable(input.container),
    abilities,
    top: chooseSizes(video)[0],
    files: await copySegments(request),
    measure: SSIM,
    frameStep: Math.max(1, Math.round(framesPerSecond / COMPARED_FRAMES)),
  };
  const { stderr } = await runTool(tools.ffmpeg, comparisonArguments(comparison), { signal });
  return { qualities: readQualities(stderr, comparison), cpu: readCpu(stderr) };
}

/** Initialization and segment of each representation as a file of its own. */
async function copySegments({ representations, directory, workFolder, sample, signal }: SampleRequest) {
  await mkdir(workFolder, { recursive: true });
  const files: string[] = [];
  for (const [i, made] of representations.entries()) {
    const file = join(workFolder, `${i}.mp4`);
    await writeFile(file, mediaBytes(made, directory, [sample.segment]), { signal });
    files.push(file);
  }
  return files;
}
