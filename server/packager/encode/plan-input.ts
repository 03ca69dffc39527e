/** From a probed input and its ladder to the plan of its encoding, fitted to this machine; nothing is encoded yet. */

import type { BuildRequest } from '../build-request.ts';
import { chooseAudio } from '../ladder/audio-ladder.ts';
import type { Rung } from '../ladder/ladder.ts';
import type { Abilities } from './abilities.ts';
import { type EncodePlan, planEncode } from './encode-plan.ts';
import { loadFor, thisMachine } from './machine.ts';

export interface InputPlan {
  readonly plan: EncodePlan;
  /** Jobs at once. */
  readonly parallel: number;
}

export function planInput(
  { input, config }: Pick<BuildRequest, 'input' | 'config'>,
  rungs: readonly Rung[],
  { canEncodeOpus, ...abilities }: Abilities,
): InputPlan {
  const wish = { duration: input.video?.end ?? input.duration, chunkSeconds: config.chunkSeconds };
  const { parallel, threads, chunkSeconds } = loadFor(thisMachine(), rungs, wish);
  const plan = planEncode({
    input,
    rungs,
    ...abilities,
    renditions: chooseAudio(input, config.codecs).filter(({ codec }) => codec !== 'opus' || canEncodeOpus),
    config,
    chunkSeconds,
    threads,
  });
  return { plan, parallel };
}
