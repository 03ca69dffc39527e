/** Chooses the constant frame rate that an input is brought to: segments on all rungs need one exact grid. */
import { decimalOf, parseRatio, type Ratio, ratio } from './ratio.ts';

/** What is known about an input's rate. */
export interface RateEvidence {
  /** The finest grid that all time stamps fall on, as ffprobe's `r_frame_rate`. */
  readonly nominal: Ratio | undefined;
  /** Frames by duration, as ffprobe's `avg_frame_rate`. */
  readonly average: Ratio | undefined;
  /** Presentation times of the first frames in seconds, in any order; empty when they were not looked at. */
  readonly times: readonly number[];
}

const HIGHEST = 60;
/** Rates this near to each other are the same rate, written down or measured inexactly. */
const SAME = 0.005;
const FALLBACK = ratio(25, 1);

const STANDARD_RATES: readonly Ratio[] = [
  '1/1 2/1 5/1 10/1 12/1 25/2 15/1 24000/1001 24/1 25/1 30000/1001 30/1 48/1 50/1 60000/1001 60/1',
]
  .flatMap((list) => list.split(' '))
  .flatMap((text) => parseRatio(text) ?? []);

/** Whether `nominal` and `average` agree, so that nobody needs to look at the frames' times. */
export function isConstant({ nominal, average }: Pick<RateEvidence, 'nominal' | 'average'>): boolean {
  if (!nominal || !average) return false;
  return isNear(decimalOf(nominal), decimalOf(average)) && decimalOf(nominal) <= 4 * HIGHEST;
}

/**
 * The input's own rate where it is constant; else the standard rate nearest to its usual distance between frames. Rates
 * above 60 are divided by a whole number, so that frames are dropped evenly. At least 1, at most 60.
 */
export function chooseFrameRate(evidence: RateEvidence): Ratio {
  const { nominal, times } = evidence;
  if (nominal && isConstant(evidence)) return nearestUsable(atMostHighest(nominal));
  const distance = usualDistance(times);
  return distance === undefined ? FALLBACK : nearestStandard(1 / distance / divisorFor(1 / distance));
}

/** Ticks per second such that every frame lasts a whole number of ticks: 90000 where that holds. */
export function timescaleFor(rate: Ratio): number {
  if (rate.denominator === 1001) return rate.numerator;
  const ticksPerFrame = (90_000 * rate.denominator) / rate.numerator;
  return Number.isInteger(ticksPerFrame) ? 90_000 : rate.numerator * 1000;
}

function atMostHighest(rate: Ratio): Ratio {
  return ratio(rate.numerator, rate.denominator * divisorFor(decimalOf(rate)));
}

/** The smallest whole number that brings a rate down to 60 or less. */
function divisorFor(framesPerSecond: number): number {
  return Math.max(1, Math.ceil(framesPerSecond / HIGHEST - SAME));
}

function nearestUsable(rate: Ratio): Ratio {
  const standard = nearestStandard(decimalOf(rate));
  if (isNear(decimalOf(standard), decimalOf(rate))) return standard;
  const isExact = rate.denominator <= 2 && decimalOf(rate) >= 1;
  return isExact ? rate : standard;
}

function nearestStandard(framesPerSecond: number): Ratio {
  const error = (rate: Ratio): number => Math.abs(Math.log(decimalOf(rate) / framesPerSecond));
  return STANDARD_RATES.reduce((best, rate) => (error(rate) < error(best) ? rate : best), FALLBACK);
}

/** Frames nearer to each other than this are one, told twice. */
const SHORTEST_DISTANCE = 0.0005;

/** Median distance between neighbours in seconds; `undefined` for fewer than two different times. */
function usualDistance(times: readonly number[]): number | undefined {
  const sorted = [...times].sort((a, b) => a - b);
  const distances = sorted
    .slice(1)
    .map((time, i) => time - (sorted[i] ?? time))
    .filter((distance) => distance >= SHORTEST_DISTANCE)
    .sort((a, b) => a - b);
  return distances[Math.floor(distances.length / 2)];
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME * Math.max(a, b);
}
