/** What encodings cost and how good they look: from measured shots to every constant quality that a rung could have. */
import type { Size } from '../input/input-info.ts';
import type { VideoCodec } from '../ladder/ladder.ts';
import { pixelsOf } from '../ladder/target-rate.ts';
import type { QualityMeasure } from '../quality/quality-measure.ts';

/** One way to encode a film; `crf` is on x264's scale for every codec. */
export interface Encoding extends Size {
  readonly codec: VideoCodec;
  readonly crf: number;
}

/** What an encoding costs and gives, over all shots. */
export interface RatePoint extends Encoding {
  /** Bits per second, with a sync picture as often as in the film. */
  readonly rate: number;
  /** Bits per second that the hardest part of the film is expected to need. */
  readonly peakRate: number;
  /** In the measure's own unit: SSIM from 0 to 1, XPSNR in dB, VMAF from 0 to 100. */
  readonly quality: number;
  /** The quality on a scale on which equal steps look equal. */
  readonly score: number;
}

/** What came out of one shot. */
export interface ShotPoint extends Encoding {
  readonly rate: number;
  readonly quality: number;
}

/**
 * Every shot stands for as much of the film as any other; each must have the same encodings in the same order. The hardest
 * part of the film needs `hardest` times the bits of the hardest shot.
 */
export function combineShots(
  shots: readonly (readonly ShotPoint[])[],
  measure: QualityMeasure,
  hardest = 1,
): RatePoint[] {
  const [first = []] = shots;
  return first.map((encoding, i) => {
    const points = shots.flatMap((shot) => shot[i] ?? []);
    const quality = mean(points.map((point) => point.quality));
    const rates = points.map(({ rate }) => rate);
    const rate = mean(rates);
    return {
      ...encoding,
      rate,
      peakRate: hardest * Math.max(rate, ...rates),
      quality,
      score: measure.scoreOf(quality),
    };
  });
}

/** So far beyond the last measured constant quality the curve is taken to go on as it did. */
const BEYOND = 3;

/**
 * All whole constant qualities from the first measured one to a little beyond the last, for each codec and size; between
 * measured ones the logarithm of the rate and the score follow straight lines. Best first in each size, largest size
 * first.
 */
export function fillCurves(points: readonly RatePoint[], measure: QualityMeasure): RatePoint[] {
  const curves = new Map<string, RatePoint[]>();
  const sorted = [...points].sort((a, b) => pixelsOf(b) - pixelsOf(a) || a.crf - b.crf);
  for (const point of sorted) {
    const key = `${point.codec} ${point.width} ${point.height}`;
    curves.set(key, [...(curves.get(key) ?? []), point]);
  }
  return [...curves.values()].flatMap((curve) => fillCurve(curve, measure));
}

function fillCurve(curve: readonly RatePoint[], measure: QualityMeasure): RatePoint[] {
  const last = curve.at(-1);
  const [first] = curve;
  if (!first || !last || curve.length === 1) return [...curve];
  const count = Math.round(last.crf - first.crf) + BEYOND + 1;
  return Array.from({ length: count }, (_, i) => pointAt(first.crf + i, curve, measure));
}

function pointAt(crf: number, curve: readonly RatePoint[], measure: QualityMeasure): RatePoint {
  const measured = curve.find((point) => point.crf === crf);
  if (measured) return measured;
  const after = curve.findIndex((point) => point.crf > crf);
  const [a, b] = after > 0 ? curve.slice(after - 1) : curve.slice(-2);
  if (!a || !b) throw new Error(`A curve has no points around constant quality ${crf}.`);
  const share = (crf - a.crf) / (b.crf - a.crf);
  const score = a.score + share * (b.score - a.score);
  const rate = a.rate * (b.rate / a.rate) ** share;
  return {
    ...a,
    crf,
    rate,
    peakRate: Math.max(rate, a.peakRate * (b.peakRate / a.peakRate) ** share),
    quality: measure.qualityOf(score),
    score,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
