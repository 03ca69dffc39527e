/**
 * Translates x264's constant quality into the number of another encoder that looks alike. Measured: the SSIM of each
 * encoder over its scale, at the speed that stands for `veryfast`, on two films of 360 lines; `docs/packaging.md` has the
 * table. Between the points measured the numbers lie on a line.
 */

export type ConstantQualityEncoder = 'libx264' | 'libx265' | 'libvpx-vp9' | 'libsvtav1' | 'libaom-av1';

interface Scale {
  /** Looks like 23 of x264. */
  readonly at23: number;
  /** Steps that look like one step of x264. */
  readonly slope: number;
  readonly best: number;
  readonly worst: number;
  /** Of the numbers that the encoder takes. */
  readonly decimals: number;
}

const SCALES: Readonly<Record<ConstantQualityEncoder, Scale>> = {
  libx264: { at23: 23, slope: 1, best: 0, worst: 51, decimals: 2 },
  libx265: { at23: 25.8, slope: 1.12, best: 0, worst: 51, decimals: 1 },
  'libvpx-vp9': { at23: 28.3, slope: 1.85, best: 0, worst: 63, decimals: 0 },
  libsvtav1: { at23: 37.3, slope: 2.77, best: 1, worst: 63, decimals: 0 },
  'libaom-av1': { at23: 27.7, slope: 2.2, best: 0, worst: 63, decimals: 0 },
};

/** `crf` on x264's scale, 0 to 51; beyond an encoder's own ends the nearest end. */
export function qualityFor(encoder: ConstantQualityEncoder, crf: number): number {
  const { at23, slope, best, worst, decimals } = SCALES[encoder];
  const own = Math.min(worst, Math.max(best, at23 + slope * (crf - 23)));
  return Number(own.toFixed(decimals));
}
