/** AV1 by SVT-AV1, or by libaom where that is all there is. */
import type { RateTarget } from '../ladder.ts';
import type { Preset } from '../packaging-config.ts';
import { qualityFor } from './quality-scale.ts';
import { rateOptions } from './rate-options.ts';
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

/** SVT-AV1 refuses a ceiling that is not above the aim. */
function svtRate(rate: RateTarget): string[] {
  if (rate.kind === 'cbr') return ['-b:v', `${rate.rate}`];
  const crf = rate.kind === 'crf' ? qualityFor('libsvtav1', rate.crf) : 0;
  return rateOptions(rate, ['-crf', `${crf}`]);
}

/** Where the speed of libaom's realtime mode is asked for, and else the step of the good one. */
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
  const speed = step === undefined ? ['realtime', AOM_REALTIME_STEP] : ['good', step];
  const quality =
    rate.kind === 'crf' ? ['-crf', `${qualityFor('libaom-av1', rate.crf)}`, '-b:v', `${rate.maxRate}`] : [];
  return [
    ...['-c:v', 'libaom-av1', '-usage', `${speed[0]}`, '-cpu-used', `${speed[1]}`],
    ...['-row-mt', '1', '-threads', `${threads}`],
    ...rateOptions(rate, quality),
    ...['-g', `${groupFrames}`, '-keyint_min', `${groupFrames}`],
  ];
}
