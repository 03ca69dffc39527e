/**
 * Cuts a film into chunks: stretches of whole segments that are encoded apart from each other, so that a run that was
 * killed loses one of them and not all, and so that a machine with many cores can encode several at once.
 */
import { decimalOf, type Ratio } from '../ratio.ts';

export interface Chunk {
  /** From 0. */
  readonly number: number;
  /** Frames are counted on the constant grid of the whole film. */
  readonly startFrame: number;
  /** Absent for the last one, which goes on to wherever the film ends. */
  readonly frames?: number;
}

export interface CutRequest {
  readonly frameRate: Ratio;
  /** From one segment to the next. */
  readonly groupFrames: number;
  /** Of the film in seconds, as far as it is known; without it there is one chunk. */
  readonly duration: number | undefined;
  /** Wanted length of a chunk in seconds; the real one is the nearest whole number of segments. */
  readonly chunkSeconds: number;
}

/** At least one; all but the last are of one length, and the last is between a half and one and a half of it. */
export function cutIntoChunks({ frameRate, groupFrames, duration, chunkSeconds }: CutRequest): Chunk[] {
  const framesPerSecond = decimalOf(frameRate);
  const groups = Math.max(1, Math.round((chunkSeconds * framesPerSecond) / groupFrames));
  const frames = groups * groupFrames;
  const count = Math.max(1, Math.round(((duration ?? 0) * framesPerSecond) / frames));
  return Array.from({ length: count }, (_, number) => {
    const startFrame = number * frames;
    return number === count - 1 ? { number, startFrame } : { number, startFrame, frames };
  });
}
