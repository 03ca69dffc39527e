/** Encodes one shot in every way that is considered, and measures what each costs and how it looks. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import { groupFramesFor } from '../encode/encode-plan.ts';
import { pixelsOf } from '../ladder/target-rate.ts';
import { comparisonArguments, readQualities } from '../quality/compare-pictures.ts';
import type { QualityMeasure } from '../quality/quality-measure.ts';
import { readCpu } from '../quality/spoken-result.ts';
import { decimalOf } from '../ratio.ts';
import { ToolError } from '../tool-error.ts';
import { runTool, type Tools } from '../tools.ts';
import { readFrameSizes, segmentRate } from './frame-sizes.ts';
import { encodeArguments, encodingFiles, frameSizesFile, type ProbePlan } from './probe-commands.ts';
import type { Encoding, ShotPoint } from './rate-quality.ts';

export interface ProbeRequest extends ProbePlan {
  readonly measure: QualityMeasure;
  readonly segmentSeconds: number;
}

export interface ShotResult {
  /** In the order of the encodings. */
  readonly points: readonly ShotPoint[];
  readonly cpu: ProbeCpu;
}

/** Seconds of all processors together. */
export interface ProbeCpu {
  readonly encoding: number;
  readonly measuring: number;
}

/**
 * The folder need not be there, and is gone afterwards.
 * @throws ToolError when ffmpeg fails or finds no frame; the signal's reason when aborted.
 */
export async function probeShot(
  request: ProbeRequest,
  tools: Tools,
  signal: AbortSignal,
): Promise<ShotResult> {
  const results: ShotResult[] = [];
  for (const encodings of batchesOf(request.encodings)) {
    results.push(await probeBatch({ ...request, encodings }, tools, signal));
  }
  return {
    points: results.flatMap(({ points }) => points),
    cpu: addCpu(results.map(({ cpu }) => cpu)),
  };
}

export function addCpu(parts: readonly ProbeCpu[]): ProbeCpu {
  return parts.reduce(
    (sum, { encoding, measuring }) => ({
      encoding: sum.encoding + encoding,
      measuring: sum.measuring + measuring,
    }),
    { encoding: 0, measuring: 0 },
  );
}

/** Pixels of all pictures that are encoded at once: about 1 GB of memory, and enough for all of a 1080p film. */
const MOST_PIXELS = 13_000_000;

function batchesOf(encodings: readonly Encoding[]): Encoding[][] {
  const batches: Encoding[][] = [];
  let room = 0;
  for (const encoding of encodings) {
    room -= pixelsOf(encoding);
    const batch = batches.at(-1);
    if (batch && room >= 0) batch.push(encoding);
    else {
      batches.push([encoding]);
      room = MOST_PIXELS - pixelsOf(encoding);
    }
  }
  return batches;
}

/** Every third frame is scaled up and compared. */
const FRAME_STEP = 3;

async function probeBatch(request: ProbeRequest, tools: Tools, signal: AbortSignal): Promise<ShotResult> {
  const { encodings, folder, input, segmentSeconds } = request;
  await mkdir(folder, { recursive: true });
  try {
    const encoded = await runTool(tools.ffmpeg, encodeArguments(request), { signal });
    const comparison = { ...request, files: encodingFiles(request), frameStep: FRAME_STEP };
    const args = comparisonArguments(comparison);
    const { stderr } = await runTool(tools.ffmpeg, args, { signal });
    const qualities = readQualities(stderr, comparison);
    const sizes = readFrameSizes(await readFile(frameSizesFile(request), 'utf8'));
    const { frameRate } = input.video;
    const segment = {
      frames: groupFramesFor(frameRate, segmentSeconds),
      framesPerSecond: decimalOf(frameRate),
    };
    const points = encodings.flatMap((encoding, i) => {
      const [quality, frames] = [qualities[i], sizes.get(i)];
      return frames && quality !== undefined
        ? [{ ...encoding, rate: segmentRate(frames, segment), quality }]
        : [];
    });
    if (points.length < encodings.length)
      throw new ToolError({ command: tools.ffmpeg, args, exitCode: 0, stderr });
    return { points, cpu: { encoding: readCpu(encoded.stderr), measuring: readCpu(stderr) } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
