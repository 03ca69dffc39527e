/** The peak segment bit rate of RFC 8216 §4.1, which `BANDWIDTH` promises. */
import { averageOf, type SizedSegment } from '../bandwidth.ts';

/**
 * Bits per second: the most that any run of segments has which lasts between half and one and a half target durations.
 * Where no run is as long as that, of all segments together.
 */
export function peakRate(segments: readonly SizedSegment[], targetDuration: number): number {
  const [shortest, longest] = [0.5 * targetDuration, 1.5 * targetDuration];
  let peak = 0;
  for (let first = 0; first < segments.length; first++) {
    let [bytes, seconds] = [0, 0];
    for (let last = first; last < segments.length && seconds <= longest; last++) {
      bytes += segments[last]?.bytes ?? 0;
      seconds += segments[last]?.duration ?? 0;
      if (seconds >= shortest && seconds <= longest) peak = Math.max(peak, (bytes * 8) / seconds);
    }
  }
  return Math.ceil(peak || averageOf(segments));
}
