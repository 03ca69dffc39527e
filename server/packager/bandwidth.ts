/** The promise of `@bandwidth`: the rate at which a client that buffers first will never wait. */

export interface SizedSegment {
  readonly bytes: number;
  /** Seconds. */
  readonly duration: number;
}

/**
 * The smallest rate in bits per second at which any run of segments can be played through when it starts with
 * `minBufferTime` seconds of the same rate in hand (ISO/IEC 23009-1 §5.3.5.2, @bandwidth), but never less than the average:
 * on a short clip a long buffer would otherwise hide most of it.
 */
export function bandwidthOf(segments: readonly SizedSegment[], minBufferTime: number): number {
  let rate = averageOf(segments);
  for (;;) {
    const needed = neededByWorstRun(segments, rate, minBufferTime);
    if (needed <= rate) return Math.ceil(rate);
    rate = needed;
  }
}

/**
 * The rate that the run needs which falls behind most at `rate`; when no run falls behind, at most `rate`. Asking again
 * with the answer ends at the highest rate of all runs after a few rounds (Dinkelbach), each of one pass (Kadane): a run
 * that is ahead when a segment begins is not the beginning of a worse one.
 */
function neededByWorstRun(segments: readonly SizedSegment[], rate: number, minBufferTime: number): number {
  let bits = 0;
  let seconds = minBufferTime;
  let worst = { behind: 0, needed: 0 };
  for (const { bytes, duration } of segments) {
    bits += bytes * 8;
    const behind = bits - rate * seconds;
    if (behind > worst.behind) worst = { behind, needed: bits / seconds };
    seconds += duration;
    if (bits <= rate * (seconds - minBufferTime)) [bits, seconds] = [0, minBufferTime];
  }
  return worst.needed;
}

/** Bits per second over all segments. */
export function averageOf(segments: readonly SizedSegment[]): number {
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const duration = segments.reduce((sum, segment) => sum + segment.duration, 0);
  return duration > 0 ? (bytes * 8) / duration : 0;
}
