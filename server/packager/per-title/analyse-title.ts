/**
 * Chooses the ladder for one film by trying: a few shots are encoded in many sizes and qualities, and the rungs are those
 * that look best at their rate.
 */
import { join } from 'node:path';
import type { Abilities } from '../encode/abilities.ts';
import type { Chunk } from '../encode/chunks.ts';
import type { InputInfo, VideoStream } from '../input/input-info.ts';
import { chooseLadder, chooseSizes, type Rung } from '../ladder/ladder.ts';
import type { PackagingConfig } from '../packaging-config.ts';
import { chooseMeasure, type QualityMeasure } from '../quality/quality-measure.ts';
import { decimalOf } from '../ratio.ts';
import { ToolError } from '../tool-error.ts';
import type { Tools } from '../tools.ts';
import { costShare, MOST_COST } from './analysis-cost.ts';
import { type ChosenRungs, chooseRungs } from './choose-rungs.ts';
import { chooseShots, type Shot } from './choose-shots.ts';
import { readPacketSizes } from './packet-sizes.ts';
import { encodingsFor } from './probe-grid.ts';
import { addCpu, type ProbeCpu, type ProbeRequest, probeShot, type ShotResult } from './probe-shot.ts';
import { combineShots } from './rate-quality.ts';

/** Plain data, to be stored and shown. */
export interface PerTitleReport extends Omit<ChosenRungs, 'rungs'> {
  /** In order of time. */
  readonly shots: readonly Shot[];
}

export interface AnalyseOptions {
  readonly config: PackagingConfig;
  readonly tools: Tools;
  readonly signal: AbortSignal;
  /** For encodings that are gone when the analysis is over. */
  readonly workFolder: string;
  readonly abilities: Omit<Abilities, 'canEncodeOpus'>;
  /** 0 … 1 of the analysis. */
  readonly onProgress?: (share: number) => void;
}

export interface TitleAnalysis {
  /** Never empty for an input with a picture. */
  readonly rungs: readonly Rung[];
  /** Absent when the rungs are those of the fixed ladder. */
  readonly report?: PerTitleReport;
  /** Why the film was not analysed, as a sentence; absent when it was, or nobody wanted it. */
  readonly reason?: string;
  /** What the probes took. */
  readonly cpu: ProbeCpu;
}

/** Films shorter than this are encoded before an analysis would be over. */
const SHORTEST_FOR_AUTO = 60;

/**
 * The same film, configuration and ffmpeg always give the same rungs; only whether `auto` goes on after the first shot
 * depends on what that took. A film that cannot be probed gets the fixed ladder: the encoder will say what is wrong.
 * @throws the signal's reason when aborted.
 */
export async function analyseTitle(input: InputInfo, options: AnalyseOptions): Promise<TitleAnalysis> {
  const { video } = input;
  if (!video) return { rungs: [], cpu: NO_CPU };
  const unanalysed: TitleAnalysis = { rungs: chooseLadder(video, options.config), cpu: NO_CPU };
  if (!isAnalysed(input, options.config)) return unanalysed;
  try {
    return await probeTitle({ ...input, video }, unanalysed, options);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { ...unanalysed, reason: `The film could not be analysed: ${error.message}` };
  }
}

/** Whether shots of the film are tried at all. */
export function isAnalysed(
  { video, duration }: Pick<InputInfo, 'video' | 'duration'>,
  { perTitle }: Pick<PackagingConfig, 'perTitle'>,
): boolean {
  if (!video || perTitle === 'never') return false;
  return perTitle === 'always' || (video.end ?? duration ?? 0) >= SHORTEST_FOR_AUTO;
}

const NO_CPU: ProbeCpu = { encoding: 0, measuring: 0 };

type Film = InputInfo & { readonly video: VideoStream };

async function probeTitle(
  film: Film,
  unanalysed: TitleAnalysis,
  options: AnalyseOptions,
): Promise<TitleAnalysis> {
  const { config, tools, signal, onProgress } = options;
  const measure = await chooseMeasure(tools, signal);
  if (!measure) return { ...unanalysed, reason: 'This ffmpeg has no filter that compares pictures.' };
  const packets = await readPacketSizes(film, tools, signal);
  const duration = film.video.end ?? film.duration ?? packets.at(-1)?.time ?? 0;
  if (duration <= 0) return { ...unanalysed, reason: 'The film is too short to be analysed.' };
  const framesPerSecond = decimalOf(film.video.frameRate);
  const { shots, hardest } = chooseShots({ duration, framesPerSecond, packets });
  const results: ShotResult[] = [];
  for (const shot of typicalFirst(shots)) {
    const result = await probeShot(probeOf(film, shot, measure, options), tools, signal);
    results.push(result);
    onProgress?.(results.length / shots.length);
    if (config.perTitle !== 'auto' || results.length > 1) continue;
    const share = costShare(result.cpu, { shots, duration });
    if (share > MOST_COST) return { ...unanalysed, cpu: result.cpu, reason: describeCost(share) };
  }
  const points = combineShots(
    results.map((result) => result.points),
    measure,
    hardest,
  );
  const { rungs, ...found } = chooseRungs({ points, measure, fixed: unanalysed.rungs });
  const inOrder = [...shots].sort((a, b) => a.start - b.start);
  return { rungs, report: { ...found, shots: inOrder }, cpu: addCpu(results.map(({ cpu }) => cpu)) };
}

/** The one of middling cost comes first, as it is to tell what all will cost. */
function typicalFirst(shots: readonly Shot[]): Shot[] {
  const middle = Math.floor(shots.length / 2);
  return [...shots.slice(middle), ...shots.slice(0, middle)];
}

function probeOf(input: Film, shot: Shot, measure: QualityMeasure, options: AnalyseOptions): ProbeRequest {
  const { config, abilities, workFolder } = options;
  const sizes = chooseSizes(input.video);
  return {
    input,
    part: chunkOf(shot, decimalOf(input.video.frameRate)),
    measure,
    abilities,
    top: sizes[0],
    encodings: encodingsFor(sizes, config),
    preset: config.preset,
    segmentSeconds: config.segmentSeconds,
    folder: join(workFolder, 'probes'),
  };
}

function chunkOf({ start, duration }: Shot, framesPerSecond: number): Chunk {
  const frames = Math.max(1, Math.round(duration * framesPerSecond));
  return { number: 0, startFrame: Math.round(start * framesPerSecond), frames };
}

function describeCost(share: number): string {
  return `The usual ladder was taken: an analysis of the film would add ${Math.round(share * 100)} % to its encoding.`;
}
