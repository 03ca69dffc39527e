/** Writes ffmpeg's own options for what an encoder aims at, for the encoders that understand them. */
import type { RateTarget } from '../../ladder/ladder.ts';

/**
 * `quality` writes the options for constant quality, which x264's number stands for. The buffer holds 2 s of the highest
 * rate, for `cbr` 1 s.
 */
export function rateOptions(
  rate: RateTarget,
  quality: (crf: number, maxRate: number) => readonly string[],
): string[] {
  switch (rate.kind) {
    case 'crf':
      return [
        ...quality(rate.crf, rate.maxRate),
        ...['-maxrate', `${rate.maxRate}`, '-bufsize', `${2 * rate.maxRate}`],
      ];
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

/**
 * Constant quality under a ceiling for the encoders of the VP family. Their own mode for it comes the nearer to the
 * ceiling the higher that is, whatever the picture needs; a least quantizer is what keeps the quality.
 */
export function leastQuantizer(quantizer: number, maxRate: number): string[] {
  return ['-crf', `${quantizer}`, '-qmin', `${quantizer}`, '-b:v', `${maxRate}`];
}
