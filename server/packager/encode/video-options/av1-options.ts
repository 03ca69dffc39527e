/** AV1 by SVT-AV1, or by libaom where that is all there is. */
import type { RateTarget } from '../../ladder/ladder.ts';
import type { Preset } from '../../packaging-config.ts';
import { qualityFor } from './quality-scale.ts';
import { leastQuantizer, rateOptions } from './rate-options.ts';
import type { VideoEncoding } from './video-encoding.ts';

export function av1Options(rate: RateTarget, encoding: VideoEncoding): string[] {
  return encoding.av1Encoder === 'libaom-av1' ? aomOptions(rate, encoding) : svtOptions(rate, encoding);
}

const SVT_PRESETS: Readonly<Record<Preset, number>> = {
  ultrafast: 12,
  superfast: 11,
  veryfast: 10,
  faster: 9,
  fast: 8,
  medium: 7,
  slow: 6,
  slower: 5,
  veryslow: 4,
};

/**
 * `irefresh-type=2`: groups begin with key frames that nothing refers across. One thread: with more, whatever has to do
 * with rates comes out different each time. A constant rate is to be had only where no frame waits for a later one.
 */
function svtOptions(rate: RateTarget, { groupFrames, preset }: VideoEncoding): string[] {
  const own = ['irefresh-type=2', 'lp=1', ...(rate.kind === 'cbr' ? ['rc=2', 'pred-struct=1'] : [])];
  return [
    ...['-c:v', 'libsvtav1', '-preset', `${SVT_PRESETS[preset]}`],
    ...svtRate(rate),
    ...['-g', `${groupFrames}`, '-svtav1-params', own.join(':')],
  ];
}

/**
 * Measured: SVT-AV1 1.4 keeps a ceiling over the buffer of the others when it is told four fifths of it, in scenes that
 * would need three times as much. It refuses a ceiling that is not above the aim.
 */
const KEPT_CEILING = 0.8;

function svtRate(rate: RateTarget): string[] {
  switch (rate.kind) {
    case 'crf': {
      const maxRate = Math.round(KEPT_CEILING * rate.maxRate);
      return rateOptions({ ...rate, maxRate }, (crf) => ['-crf', `${qualityFor('libsvtav1', crf)}`]);
    }
    case 'vbr':
      return rateOptions(rate, () => []);
    case 'cbr':
      return ['-b:v', `${rate.rate}`];
  }
}

/** Steps of libaom's good mode; for all faster presets, and for a constant rate, its realtime mode. */
const AOM_STEPS: Readonly<Partial<Record<Preset, number>>> = {
  fast: 6,
  medium: 5,
  slow: 4,
  slower: 3,
  veryslow: 2,
};
const AOM_REALTIME_STEP = 8;

function aomOptions(rate: RateTarget, { groupFrames, threads, preset }: VideoEncoding): string[] {
  const step = rate.kind === 'cbr' ? undefined : AOM_STEPS[preset];
  return [
    ...['-c:v', 'libaom-av1', '-usage', step === undefined ? 'realtime' : 'good'],
    ...['-cpu-used', `${step ?? AOM_REALTIME_STEP}`, '-row-mt', '1', '-threads', `${threads}`],
    ...rateOptions(rate, (crf, maxRate) => leastQuantizer(qualityFor('libaom-av1', crf), maxRate)),
    ...['-g', `${groupFrames}`, '-keyint_min', `${groupFrames}`],
  ];
}
