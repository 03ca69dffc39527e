/** From a probed input to the plan of its encoding, fitted to this machine; nothing is encoded yet. */
import { chooseAudio } from './audio-ladder.ts';
import type { BuildOptions, BuildRequest } from './build-request.ts';
import { canConvertLight } from './can-convert-light.ts';
import { type EncodePlan, planEncode } from './encode-plan.ts';
import { findEncoders } from './encoders.ts';
import { hasFilters } from './has-filters.ts';
import { chooseLadder } from './ladder.ts';
import { loadFor, thisMachine } from './machine.ts';

export interface InputPlan {
  readonly plan: EncodePlan;
  /** Jobs at once. */
  readonly parallel: number;
}

/** @throws ToolError when ffmpeg cannot be asked for its filters; the signal's reason. */
export async function planInput(
  { input, tools, config }: Pick<BuildRequest, 'input' | 'tools' | 'config'>,
  options: Pick<BuildOptions, 'signal' | 'onNotice'>,
): Promise<InputPlan> {
  const rungs = input.video ? chooseLadder(input.video, config) : [];
  const wanted = input.video ? { codecs: config.codecs, picture: input.video.display } : { codecs: [] };
  const { av1Encoder, canEncodeOpus } = await findEncoders(wanted, tools, options);
  const wish = { duration: input.video?.end ?? input.duration, chunkSeconds: config.chunkSeconds };
  const { parallel, threads, chunkSeconds } = loadFor(thisMachine(), rungs, wish);
  const plan = planEncode({
    input,
    rungs,
    av1Encoder,
    renditions: chooseAudio(input, config.codecs).filter(({ codec }) => codec !== 'opus' || canEncodeOpus),
    canConvertLight: await canConvertLight(input, tools, options),
    hasZscale: rungs.length > 1 && (await hasFilters(['zscale'], tools, options.signal)),
    config,
    chunkSeconds,
    threads,
  });
  return { plan, parallel };
}
