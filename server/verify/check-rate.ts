/** Whether `@bandwidth` keeps its promise: a client that buffers first and receives at that rate never waits. */
import type { ReadMedia } from './read-media.ts';
import { compare, type Finding } from './verdict.ts';

interface Load {
  readonly bits: number;
  /** Seconds. */
  readonly duration: number;
}

interface RatePromise {
  /** Seconds, as the MPD says it. */
  readonly minBufferTime: number;
  /** Whether a segment must be there whole when it begins, as players append it; else it may arrive while it plays. */
  readonly isWhole: boolean;
}

export function checkRate({ claim, track, segments }: ReadMedia, promise: RatePromise): Finding {
  const loads = segments.map(({ facts }) => ({
    bits: (facts.end - facts.first) * 8,
    duration: facts.durationTicks / track.timescale,
  }));
  const { bandwidth } = claim.representation;
  const isEnough = bandwidth > 0 && keepsUp(loads, bandwidth, promise);
  const needed = isEnough ? bandwidth : leastRate(loads, promise);
  const condition = `with ${promise.minBufferTime} s buffered first`;
  return compare('rate', { representation: claim.id }, [
    [isEnough, `@bandwidth is ${bandwidth}, ${condition} it needs ${needed}.`],
  ]);
}

/**
 * A bucket that leaks `rate` bits a second, and into which each segment falls when it is needed, never holds more than
 * `minBufferTime` of them (ISO/IEC 23009-1 §5.3.5.2, @bandwidth).
 */
function keepsUp(loads: readonly Load[], rate: number, { minBufferTime, isWhole }: RatePromise): boolean {
  let level = 0;
  // One bit of grace: the rate is a whole number, sums of fractions are not.
  const room = rate * minBufferTime + 1;
  for (const { bits, duration } of loads) {
    const leaked = rate * duration;
    level += bits;
    if (level - (isWhole ? 0 : leaked) > room) return false;
    level = Math.max(0, level - leaked);
  }
  return true;
}

/** By halving; with nothing buffered no rate is enough. */
function leastRate(loads: readonly Load[], promise: RatePromise): number {
  let high = 1;
  while (high < 2 ** 52 && !keepsUp(loads, high, promise)) high *= 2;
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (keepsUp(loads, middle, promise)) high = middle;
    else low = middle;
  }
  return high;
}
