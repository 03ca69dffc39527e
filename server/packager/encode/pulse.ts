/**
 * The pulse of a job: a small output on ffmpeg's standard output, a line for a frame now and then. It does two things.
 * Whoever reads it may die: ffmpeg then cannot write the next line, and ends. And the frames on both sides of a seam
 * are in it with their digests, so that two neighbouring chunks can be compared: what one shows last, and would show
 * next, is what the other must begin with.
 */
import type { Chunk } from './chunks.ts';
import type { JobOutput } from './encode-job.ts';

/** ffmpeg's framehash: one line a frame, the digest over all its samples; the digest is the fastest one it has. */
export function pulseOutput(pad: string): JobOutput {
  const options = ['-map', pad, '-flush_packets', '1', '-fflags', '+bitexact', '-f', 'framehash'];
  return { file: 'pipe:1', options: [...options, '-hash', 'murmur3'] };
}

/** Frames between two lines that serve no seam. */
const PULSE_FRAMES = 8;

/**
 * What is kept of the frames for the pulse, as an expression of the `select` filter. Times are in frames from the first
 * frame that a chunk decodes for itself or its seam: `seamFramesOf`.
 */
export function selectPulse(chunk: Chunk): string {
  const first = firstFrame(chunk);
  const seams = seamFramesOf(chunk).map((frame) => `eq(pts,${frame - first})`);
  return [...seams, `not(mod(pts,${PULSE_FRAMES}))`].join('+');
}

/** The first frame that is decoded to be kept or compared: the one before the chunk, if there is one. */
export function firstFrame({ startFrame }: Chunk): number {
  return Math.max(0, startFrame - 1);
}

/** Frames of the film that the chunk and a neighbour both see: two at each seam. */
function seamFramesOf(chunk: Chunk): number[] {
  const end = chunk.frames === undefined ? undefined : chunk.startFrame + chunk.frames;
  return [chunk.startFrame, end].flatMap((seam) => (seam ? [seam - 1, seam] : []));
}

/** Digests by frame of the film, of those seam frames that there were. */
export type SeamDigests = Readonly<Record<number, string>>;

/** Reads `stream, dts, pts, duration, size, digest` of each line. */
export function readSeamDigests(pulse: string, chunk: Chunk): SeamDigests {
  const wanted = new Set(seamFramesOf(chunk));
  const digests: Record<number, string> = {};
  for (const line of pulse.split('\n')) {
    const [, , pts, , , digest] = line.split(',').map((word) => word.trim());
    const frame = firstFrame(chunk) + Number(pts);
    if (digest && wanted.has(frame)) digests[frame] = digest;
  }
  return digests;
}

/** Whether both saw the same around the seam at which `later` begins; what is missing must be missing in both. */
export function doFit(earlier: SeamDigests, later: SeamDigests, seam: number): boolean {
  return [seam - 1, seam].every((frame) => earlier[frame] === later[frame]);
}
