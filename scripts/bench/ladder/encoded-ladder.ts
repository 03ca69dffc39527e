/** A whole ladder, really encoded: what each rung costs and how it looks, over all of the film. */
import { stat } from 'node:fs/promises';
import type { Chunk } from '../../../server/packager/encode/chunks.ts';
import { type EncodePlan, videoJob } from '../../../server/packager/encode/encode-plan.ts';
import type { VideoStream } from '../../../server/packager/input/input-info.ts';
import { chooseSizes, type Rung } from '../../../server/packager/ladder/ladder.ts';
import { comparisonArguments, readQualities } from '../../../server/packager/quality/compare-pictures.ts';
import { SSIM } from '../../../server/packager/quality/quality-measure.ts';
import { runTool, type Tools } from '../../../server/packager/tools.ts';
import { encodeLadder } from '../encode-ladder.ts';
import type { Cost } from '../measure-command.ts';

export interface EncodedRung {
  readonly rung: Rung;
  /** Bits per second on average. */
  readonly rate: number;
  /** At the input's size, over every fourth frame of the film. */
  readonly ssim: number;
  readonly score: number;
}

export interface EncodedLadder {
  /** As in the plan. */
  readonly rungs: readonly EncodedRung[];
  readonly cost: Cost;
}

export interface LadderPlace {
  readonly tools: Tools;
  /** Files are left in it. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

const FRAME_STEP = 4;

/** The plan is of a picture without sound. */
export async function encodeAndJudge(
  plan: EncodePlan,
  video: VideoStream,
  place: LadderPlace,
): Promise<EncodedLadder> {
  const cost = await encodeLadder(plan, place);
  const duration = video.end ?? plan.input.duration ?? 0;
  const totals = plan.rungs.map(() => ({ bytes: 0, loss: 0, seconds: 0 }));
  for (const chunk of plan.chunks) {
    const { outputs, seconds = 0 } = videoJob(plan, video, chunk, place);
    const files = outputs.slice(0, plan.rungs.length).map(({ file }) => file);
    const qualities = await judge(plan, video, { chunk, files }, place);
    for (const [i, total] of totals.entries()) {
      total.bytes += (await stat(files[i] ?? '')).size;
      total.loss += (1 - (qualities[i] ?? 0)) * seconds;
      total.seconds += seconds;
    }
  }
  const rungs = plan.rungs.map((rung, i) => {
    const { bytes = 0, loss = 0, seconds = 1 } = totals[i] ?? {};
    const ssim = 1 - loss / seconds;
    return { rung, rate: (bytes * 8) / duration, ssim, score: SSIM.scoreOf(ssim) };
  });
  return { rungs, cost };
}

async function judge(
  { input, av1Encoder, canConvertLight, hasZscale }: EncodePlan,
  video: VideoStream,
  { chunk, files }: { chunk: Chunk; files: readonly string[] },
  { tools, signal }: LadderPlace,
): Promise<(number | undefined)[]> {
  const comparison = {
    input: { file: input.file, video },
    part: chunk,
    abilities: { av1Encoder, canConvertLight, hasZscale },
    top: chooseSizes(video)[0],
    files,
    measure: SSIM,
    frameStep: FRAME_STEP,
  };
  const { stderr } = await runTool(tools.ffmpeg, comparisonArguments(comparison), { signal });
  return readQualities(stderr, comparison);
}
