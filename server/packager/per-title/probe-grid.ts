/** Says what a shot is encoded with: a few sizes of the fixed ladder in a few constant qualities, for each codec. */
import type { Size } from '../input/input-info.ts';
import { LAST_CRF, type VideoCodec } from '../ladder/ladder.ts';
import { pixelsOf } from '../ladder/target-rate.ts';
import type { Encoding } from './rate-quality.ts';

/**
 * Steps of constant quality from that of the fixed ladder, which the top size need not surpass. A smaller size can do
 * with better quality: it may look better than the next larger one. Six steps halve the rate, about.
 */
const TOP_STEPS: readonly number[] = [0, 6, 12];
const LOWER_STEPS: readonly number[] = [-5, 1, 7];

const MOST_SIZES = 6;

/** Largest size first; `sizes` are those of the fixed ladder, largest first. */
export function encodingsFor(
  sizes: readonly Size[],
  { codecs, crf }: { readonly codecs: readonly VideoCodec[]; readonly crf: number },
): Encoding[] {
  return spreadSizes(sizes).flatMap((size, i) => {
    const steps = i === 0 ? TOP_STEPS : LOWER_STEPS;
    const qualities = steps.map((step) => crf + step).filter((each) => each >= 0 && each <= LAST_CRF);
    return codecs.flatMap((codec) => qualities.map((each) => ({ ...size, codec, crf: each })));
  });
}

/** Without those whose neighbours are nearest to each other; the largest and the smallest always stay. */
function spreadSizes(sizes: readonly Size[]): Size[] {
  if (sizes.length <= MOST_SIZES) return [...sizes];
  const gap = (i: number): number => {
    const [larger, smaller] = [sizes[i - 1], sizes[i + 1]];
    return larger && smaller ? pixelsOf(larger) / pixelsOf(smaller) : Number.POSITIVE_INFINITY;
  };
  const gaps = sizes.map((_, i) => gap(i));
  const closest = gaps.lastIndexOf(Math.min(...gaps));
  return spreadSizes(sizes.filter((_, i) => i !== closest));
}
