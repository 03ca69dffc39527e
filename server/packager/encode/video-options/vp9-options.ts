/** VP9 by libvpx, in one pass. */
import type { RateTarget } from '../../ladder/ladder.ts';
import type { Preset } from '../../packaging-config.ts';
import { qualityFor } from './quality-scale.ts';
import { leastQuantizer, rateOptions } from './rate-options.ts';
import type { VideoEncoding } from './video-encoding.ts';

/**
 * Up to `faster` the encoder's realtime mode: measured, it takes a third of the time for the same picture at the same
 * rate. A constant rate needs it, as the other mode exceeds it by far.
 */
const SPEEDS: Readonly<Record<Preset, { readonly deadline: 'realtime' | 'good'; readonly cpuUsed: number }>> =
  {
    ultrafast: { deadline: 'realtime', cpuUsed: 8 },
    superfast: { deadline: 'realtime', cpuUsed: 7 },
    veryfast: { deadline: 'realtime', cpuUsed: 6 },
    faster: { deadline: 'realtime', cpuUsed: 5 },
    fast: { deadline: 'good', cpuUsed: 5 },
    medium: { deadline: 'good', cpuUsed: 3 },
    slow: { deadline: 'good', cpuUsed: 2 },
    slower: { deadline: 'good', cpuUsed: 1 },
    veryslow: { deadline: 'good', cpuUsed: 0 },
  };

export function vp9Options(rate: RateTarget, { groupFrames, threads, preset }: VideoEncoding): string[] {
  const { deadline, cpuUsed } = SPEEDS[rate.kind === 'cbr' ? fastEnough(preset) : preset];
  return [
    ...['-c:v', 'libvpx-vp9', '-deadline', deadline, '-cpu-used', `${cpuUsed}`],
    ...['-row-mt', '1', '-threads', `${threads}`],
    ...rateOptions(rate, (crf, maxRate) => leastQuantizer(qualityFor('libvpx-vp9', crf), maxRate)),
    ...['-g', `${groupFrames}`, '-keyint_min', `${groupFrames}`],
    ...(rate.kind === 'cbr' ? ['-lag-in-frames', '0'] : []),
  ];
}

function fastEnough(preset: Preset): Preset {
  return SPEEDS[preset].deadline === 'realtime' ? preset : 'faster';
}
