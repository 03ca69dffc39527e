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

/**
 * Bits per second of a segment that goes on as the shot does. The first frame is a sync picture, many times as large as
 * the others: a segment has one, as a shot has, but more of the others.
 */
export function segmentRate(sizes: readonly number[], { frames, framesPerSecond }: SegmentLength): number {
  const [first = 0, ...others] = sizes;
  const other = others.length > 0 ? others.reduce((sum, bytes) => sum + bytes, 0) / others.length : first;
  return (8 * (first + other * (frames - 1)) * framesPerSecond) / frames;
}
