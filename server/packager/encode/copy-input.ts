/**
 * Copies the wanted streams of an input that cannot be sought in into one that can: transport streams, whose clock may jump
 * and whose places are guessed from rates, and all that have no index of their own.
 */
import { join } from 'node:path';
import type { EncodeJob } from './encode-job.ts';
import type { EncodePlan } from './encode-plan.ts';
import { nutJob } from './nut-job.ts';
import { copyIn } from './seek.ts';

export function copyJob(plan: EncodePlan, directory: string): EncodeJob {
  const streams = wantedStreams(plan);
  return nutJob(plan, { id: 'copy', file: copyFile(directory), streams, codec: ['-c', 'copy'] });
}

/** The same plan, but its jobs read what `copyJob` made. */
export function readingCopy(plan: EncodePlan, directory: string): EncodePlan {
  const streams = wantedStreams(plan);
  const copied = <S extends { readonly index: number }>(stream: S): S => ({
    ...stream,
    index: streams.indexOf(stream.index),
  });
  const { video } = plan.input;
  return {
    ...plan,
    source: copyIn(copyFile(directory)),
    input: { ...plan.input, ...(video ? { video: copied(video) } : {}) },
    renditions: plan.renditions.map((rendition) => ({ ...rendition, stream: copied(rendition.stream) })),
  };
}

function copyFile(directory: string): string {
  return join(directory, 'input.nut');
}

function wantedStreams({ input, renditions }: EncodePlan): number[] {
  const streams = [...(input.video ? [input.video] : []), ...renditions.map(({ stream }) => stream)];
  return [...new Set(streams.map(({ index }) => index))];
}
