/** Writes ffmpeg's own options for what an encoder aims at, for the encoders that understand them. */
import type { RateTarget } from '../ladder.ts';

/** `quality` are the options for constant quality. The buffer holds 2 s of the highest rate, for `cbr` 1 s. */
export function rateOptions(rate: RateTarget, quality: readonly string[]): string[] {
  switch (rate.kind) {
    case 'crf':
      return [...quality, '-maxrate', `${rate.maxRate}`, '-bufsize', `${2 * rate.maxRate}`];
    case 'vbr':
      return [
        ...['-b:v', `${rate.averageRate}`],
        ...['-maxrate', `${rate.maxRate}`, '-bufsize', `${2 * rate.maxRate}`],
      ];
    case 'cbr':
      return [
        ...['-b:v', `${rate.rate}`, '-minrate', `${rate.rate}`],
        ...['-maxrate', `${rate.rate}`, '-bufsize', `${rate.rate}`],
      ];
  }
}
