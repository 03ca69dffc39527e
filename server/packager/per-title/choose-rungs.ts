/** Makes a ladder of what the shots showed, and says what it saves against the fixed one. */

import { highestRate, nameRungs, type RateTarget, type Rung, type VideoCodec } from '../ladder/ladder.ts';
import { LOWEST_AIM, LOWEST_CEILING, pixelsOf } from '../ladder/target-rate.ts';
import type { MeasureName, QualityMeasure } from '../quality/quality-measure.ts';
import { chooseSteps } from './choose-steps.ts';
import { savedAtEqualQuality } from './compare-ladders.ts';
import { fillCurves, type RatePoint } from './rate-quality.ts';
import { upperHull } from './upper-hull.ts';

export interface RungWish {
  /** Of all shots together; sizes and codecs are among those of the fixed ladder. */
  readonly points: readonly RatePoint[];
  readonly measure: QualityMeasure;
  /** The ladder that the film would have without an analysis; at least one rung. */
  readonly fixed: readonly Rung[];
}

/** What an analysis found for one codec. */
export interface CodecReport {
  readonly codec: VideoCodec;
  /** What was measured, over all shots. */
  readonly points: readonly RatePoint[];
  /** The best at each rate, cheapest first. */
  readonly hull: readonly RatePoint[];
  /** What the fixed ladder would give, best first. */
  readonly fixed: readonly RatePoint[];
  /** What the chosen rungs give, best first; empty when the fixed ones were kept. */
  readonly chosen: readonly RatePoint[];
  /** Share of the bits at equal quality, by `savedAtEqualQuality`; absent when the ladders cannot be compared. */
  readonly saved?: number;
}

export interface ChosenRungs {
  readonly rungs: readonly Rung[];
  readonly measure: MeasureName;
  readonly codecs: readonly CodecReport[];
}

/**
 * Largest size first, in each size the codecs in the order of the fixed ladder, the best of each first. None needs more
 * than the fixed ladder's top may. A film so hard that nothing stays below that keeps its fixed rungs.
 */
export function chooseRungs(wish: RungWish): ChosenRungs {
  const codecs = [...new Set(wish.fixed.map(({ codec }) => codec))].map((codec) => reportOn(codec, wish));
  const unnamed = codecs.flatMap(({ codec, chosen }) => {
    if (chosen.length === 0) return wish.fixed.filter((rung) => rung.codec === codec);
    return chosen.map((point) => rungAt(point, wish));
  });
  const sorted = unnamed.sort((a, b) => pixelsOf(b) - pixelsOf(a));
  return { rungs: nameRungs(sorted), measure: wish.measure.name, codecs };
}

function reportOn(codec: VideoCodec, { points, measure, fixed }: RungWish): CodecReport {
  const own = points.filter((point) => point.codec === codec);
  const rungs = fixed.filter((rung) => rung.codec === codec);
  const curves = fillCurves(own, measure);
  const [top, ...others] = rungs.map((rung) => expect(rung, curves));
  const expected = [top, ...others].flatMap((point) => point ?? []);
  const affordable = curves.filter(({ rate }) => rate <= ceilingOf(rungs));
  const chosen = chooseSteps(affordable, {
    score: Math.min(top?.score ?? Number.POSITIVE_INFINITY, measure.scoreOf(measure.transparent)),
    lowestRate: Math.max(LOWEST_USEFUL, Math.min(LOWEST_AIM, ...expected.map(({ rate }) => rate))),
  });
  const saved = savedAtEqualQuality(expected, chosen);
  return {
    codec,
    points: own,
    hull: upperHull(affordable),
    fixed: expected,
    chosen,
    ...(saved === undefined ? {} : { saved }),
  };
}

/** Bits per second: sound takes more. */
const LOWEST_USEFUL = 40_000;

/** The best of its size that the rung's rates allow; `undefined` for a size that was not tried, or needs more. */
function expect(rung: Rung, curves: readonly RatePoint[]): RatePoint | undefined {
  const { rate } = rung;
  const curve = curves.filter(({ width, height }) => width === rung.width && height === rung.height);
  const least = rate.kind === 'crf' ? rate.crf : 0;
  const most = rate.kind === 'vbr' ? rate.averageRate : highestRate(rate);
  return curve.find((point) => point.crf >= least && point.rate <= most);
}

/** No rung may need more than the top of the fixed ladder. */
function ceilingOf(rungs: readonly Rung[]): number {
  return Math.max(0, ...rungs.map(({ rate }) => highestRate(rate)));
}

/** Of what the hardest part is expected to need, and of the average: shots tell a little, not everything. */
const PEAK_HEADROOM = 1.5;
const AVERAGE_HEADROOM = 2;

function rungAt(point: RatePoint, { fixed }: RungWish): Omit<Rung, 'id'> {
  const { width, height, codec } = point;
  const ceiling = ceilingOf(fixed.filter((rung) => rung.codec === codec));
  const needed = Math.max(LOWEST_CEILING, PEAK_HEADROOM * point.peakRate, AVERAGE_HEADROOM * point.rate);
  const maxRate = Math.min(ceiling, Math.round(needed));
  return { width, height, codec, rate: targetFor(point, maxRate, fixed[0]?.rate.kind ?? 'crf') };
}

function targetFor({ crf, rate }: RatePoint, maxRate: number, kind: RateTarget['kind']): RateTarget {
  if (kind === 'crf') return { kind, crf, maxRate };
  if (kind === 'vbr') return { kind, averageRate: Math.round(rate), maxRate };
  return { kind, rate: Math.round(rate) };
}
