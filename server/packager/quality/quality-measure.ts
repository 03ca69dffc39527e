/** The ways to tell how much a picture lost: VMAF or XPSNR where this ffmpeg has them, else SSIM, which all have. */
import { namesOf } from '../encode/ask-ffmpeg.ts';
import { ToolError } from '../tool-error.ts';
import { runTool, type Tools } from '../tools.ts';

export type MeasureName = 'ssim' | 'xpsnr' | 'vmaf';

export interface QualityMeasure {
  readonly name: MeasureName;
  /** ffmpeg's filter of two inputs: the picture to be judged, and what it should look like. */
  readonly filter: string;
  /** What a viewer cannot tell from the input any more; a top rung need not be better. */
  readonly transparent: number;
  /** On a scale on which equal steps look equal. */
  readonly scoreOf: (quality: number) => number;
  /** The inverse. */
  readonly qualityOf: (score: number) => number;
  /** Reads what the filter says at its end; `undefined` for all its other lines. */
  readonly read: (line: string) => number | undefined;
}

/** A loss smaller than this is none: scores stay finite. */
const LEAST_LOSS = 1e-5;

/**
 * Over luma and chroma, as ffmpeg weighs them. The score is the number of nines: the loss from 0.9 to 0.99 looks like
 * that from 0.99 to 0.999.
 */
export const SSIM: QualityMeasure = {
  name: 'ssim',
  filter: 'ssim',
  transparent: 0.992,
  scoreOf: (quality) => -Math.log10(Math.max(LEAST_LOSS, 1 - quality)),
  qualityOf: (score) => 1 - 10 ** -score,
  read: (line) => numberIn(/\bAll:([\d.]+|inf)/, line),
};

/** In decibels, a logarithm already; of the luma. */
export const XPSNR: QualityMeasure = {
  name: 'xpsnr',
  filter: 'xpsnr',
  transparent: 43,
  scoreOf: identity,
  qualityOf: identity,
  read: (line) => numberIn(/\bXPSNR\s+y:\s*([\d.]+|inf)/, line),
};

/** Made so that equal steps look equal; 6 are a difference that most viewers see. */
export const VMAF: QualityMeasure = {
  name: 'vmaf',
  filter: 'libvmaf',
  transparent: 95,
  scoreOf: identity,
  qualityOf: identity,
  read: (line) => numberIn(/\bVMAF score:\s*([\d.]+)/, line),
};

/** Best first. */
const MEASURES: readonly QualityMeasure[] = [VMAF, XPSNR, SSIM];

/** `undefined` for an ffmpeg that has none of the filters. */
export async function chooseMeasure(tools: Tools, signal: AbortSignal): Promise<QualityMeasure | undefined> {
  const filters = await namesOf('filters', tools, signal);
  for (const measure of MEASURES) {
    if (filters.has(measure.filter) && (await works(measure, tools, signal))) return measure;
  }
  return undefined;
}

/** Older builds with libvmaf lack the file with its model. */
async function works({ filter, read }: QualityMeasure, tools: Tools, signal: AbortSignal): Promise<boolean> {
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=5:d=1'];
  const args = [
    '-nostdin',
    '-v',
    'info',
    '-nostats',
    ...picture,
    ...picture,
    '-lavfi',
    filter,
    '-f',
    'null',
    '-',
  ];
  try {
    const { stderr } = await runTool(tools.ffmpeg, args, { signal });
    return stderr.split('\n').some((line) => read(line) !== undefined);
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
}

/** Equal pictures are infinitely good in decibels. */
const INFINITE_DECIBELS = 100;

function numberIn(pattern: RegExp, line: string): number | undefined {
  const text = pattern.exec(line)?.[1];
  if (text === undefined) return undefined;
  return text === 'inf' ? INFINITE_DECIBELS : Number(text);
}

function identity(value: number): number {
  return value;
}
