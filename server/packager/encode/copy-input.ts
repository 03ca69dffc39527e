/**
 * Copies the wanted streams of an input that cannot be sought in into one that can: transport streams, whose clock may jump
 * and whose places are guessed from rates, and all that have no index of their own.
 */
import { join } from 'node:path';
import type { EncodeJob } from './encode-job.ts';
import { COMMON, type EncodePlan } from './encode-plan.ts';
import { copyIn } from './seek.ts';

/** NUT takes any codec and keeps every time stamp; ffmpeg mends clocks that jump on the way. */
export function copyJob(plan: EncodePlan, directory: string): EncodeJob {
  const maps = wantedStreams(plan).flatMap((index) => ['-map', `0:${index}`]);
  const options = ['-c', 'copy', '-avoid_negative_ts', 'disabled', '-map_metadata', '-1'];
  return {
    id: 'copy',
    seconds: 0,
    input: { file: plan.source.file, options: [...COMMON, ...plan.source.options] },
    outputs: [
      { file: copyFile(directory), options: [...maps, ...options, '-fflags', '+bitexact', '-f', 'nut'] },
    ],
  };
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
