/**
 * Makes sound that changes its channels on the way, as broadcasts do from programme to advertisement, into one that does
 * not: ffmpeg begins its filters anew at each change, and those that fill the start with silence would fill it again.
 */
import { join } from 'node:path';
import type { EncodeJob } from './encode-job.ts';
import type { EncodePlan } from './encode-plan.ts';
import { nutJob } from './nut-job.ts';
import { copyIn } from './seek.ts';

/** Containers of broadcasts; in others a stream is what its header says, from end to end. */
const BROADCAST = /^(mpegts|mpeg)$/;

export function mayChange({ input, renditions }: EncodePlan): boolean {
  return renditions.length > 0 && BROADCAST.test(input.container);
}

/** Decodes the wanted sound into a lossless file of the channels it begins with; every time stamp stays. */
export function steadySoundJob(plan: EncodePlan, directory: string): EncodeJob {
  const codec = ['-c:a', 'flac', '-compression_level', '0'];
  return nutJob(plan, { id: 'steady-sound', file: soundFile(directory), streams: wantedSounds(plan), codec });
}

/** The same plan, but its sound is what `steadySoundJob` made. */
export function readingSteadySound(plan: EncodePlan, directory: string): EncodePlan {
  const sounds = wantedSounds(plan);
  return {
    ...plan,
    source: copyIn(soundFile(directory)),
    renditions: plan.renditions.map((rendition) => ({
      ...rendition,
      stream: { ...rendition.stream, index: sounds.indexOf(rendition.stream.index) },
    })),
  };
}

function soundFile(directory: string): string {
  return join(directory, 'sound.nut');
}

function wantedSounds({ renditions }: EncodePlan): number[] {
  return [...new Set(renditions.map(({ stream }) => stream.index))];
}
