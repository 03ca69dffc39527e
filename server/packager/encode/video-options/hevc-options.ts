/** HEVC by x265, with its parameter sets in the initialization alone (sample entry `hvc1`). */
import type { RateTarget } from '../../ladder/ladder.ts';
import { qualityFor } from './quality-scale.ts';
import { rateOptions } from './rate-options.ts';
import type { VideoEncoding } from './video-encoding.ts';

export function hevcOptions(rate: RateTarget, { groupFrames, threads, preset }: VideoEncoding): string[] {
  const own = [
    ...[`keyint=${groupFrames}`, `min-keyint=${groupFrames}`, 'scenecut=0', 'open-gop=0'],
    // Frames side by side come out a little different each time; rows of one frame do not.
    ...['frame-threads=1', `pools=${threads}`],
    ...['info=0', 'log-level=error'],
    ...(rate.kind === 'cbr' ? ['strict-cbr=1'] : []),
  ];
  return [
    ...['-c:v', 'libx265', '-preset', preset, '-profile:v', 'main', '-tag:v', 'hvc1'],
    ...rateOptions(rate, (crf) => ['-crf', `${qualityFor('libx265', crf)}`]),
    ...['-g', `${groupFrames}`, '-x265-params', own.join(':')],
  ];
}
