/** Reads ffmpeg's statistics of encoded frames, and what a short shot tells of the rate of whole segments. */

/**
 * Bytes of each frame in the order of encoding, by number of the output. Lines as
 * `out=  2 st=  0 frame=     1 q= 40.0 f_size=  10997 s_size= …` (`-vstats_version 2`, ffmpeg's default).
 */
export function readFrameSizes(statistics: string): Map<number, number[]> {
  const sizes = new Map<number, number[]>();
  for (const [, output, bytes] of statistics.matchAll(/^out=\s*(\d+) .*?f_size=\s*(\d+)/gm)) {
    const key = Number(output);
    const list = sizes.get(key);
    if (list) list.push(Number(bytes));
    else sizes.set(key, [Number(bytes)]);
  }
  return sizes;
}

export interface SegmentLength {
  readonly frames: number;
  readonly framesPerSecond: number;
}

/** Pictures that others refer to are stored about so many frames before they are shown. */
const REORDERED_FRAMES = 2;

/**
 * Bits per second of a segment that goes on as the second half of the shot does. A segment has one sync picture, as a shot
 * has, but more of the others; and those right behind it cost less than those that follow, since it is so good.
 */
export function segmentRate(sizes: readonly number[], { frames, framesPerSecond }: SegmentLength): number {
  const half = Math.max(1, Math.ceil(sizes.length / 2) - REORDERED_FRAMES);
  const known = sizes.slice(0, frames <= sizes.length ? frames : half);
  const steady = sizes.slice(half);
  const each = steady.length > 0 ? sum(steady) / steady.length : sum(known);
  return (8 * (sum(known) + each * (frames - known.length)) * framesPerSecond) / frames;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, bytes) => total + bytes, 0);
}
