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
  let most = averageOf(segments);
  for (let first = 0; first < segments.length; first++) {
    let bits = 0;
    let seconds = minBufferTime;
    for (const segment of segments.slice(first)) {
      bits += segment.bytes * 8;
      most = Math.max(most, bits / seconds);
      seconds += segment.duration;
    }
  }
  return Math.ceil(most);
}

/** Bits per second over all segments. */
export function averageOf(segments: readonly SizedSegment[]): number {
  const bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const duration = segments.reduce((sum, segment) => sum + segment.duration, 0);
  return duration > 0 ? (bytes * 8) / duration : 0;
}
