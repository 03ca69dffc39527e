/** Chooses the constant frame rate that an input is brought to: segments on all rungs need one exact grid. */
import { decimalOf, parseRatio, type Ratio, ratio } from '../ratio.ts';

/** What is known about an input's rate. */
export interface RateEvidence {
  /** The finest grid that all time stamps fall on, as ffprobe's `r_frame_rate`. */
  readonly nominal: Ratio | undefined;
  /** Frames by duration, as ffprobe's `avg_frame_rate`. */
  readonly average: Ratio | undefined;
  /** Presentation times of the first frames in seconds, in any order; empty when they were not looked at. */
  readonly times: readonly number[];
  /** Two fields make one frame, even where each was counted. */
  readonly isInterlaced: boolean;
}

export interface FrameTiming {
  /** At least 1, at most 60. */
  readonly frameRate: Ratio;
  /** Whether the input's frames come at even times already. */
  readonly isEven: boolean;
}

const HIGHEST = 60;
/** Television has 25 or 29.97 frames of two fields; more than this are fields. */
const HIGHEST_INTERLACED = 31;
/** Rates this near to each other are the same rate, written down or measured inexactly. */
const SAME = 0.005;
const FALLBACK = ratio(25, 1);

const STANDARD_RATES: readonly Ratio[] = [
  ...['1/1', '2/1', '5/1', '10/1', '12/1', '25/2', '15000/1001', '15/1', '24000/1001', '24/1', '25/1'],
  ...['30000/1001', '30/1', '48/1', '50/1', '60000/1001', '60/1'],
].flatMap((text) => parseRatio(text) ?? []);

/** Whether `nominal` and `average` agree, so that nobody needs to look at the frames' times. */
export function isConstant({ nominal, average }: Pick<RateEvidence, 'nominal' | 'average'>): boolean {
  if (!nominal || !average) return false;
  return isNear(decimalOf(nominal), decimalOf(average)) && decimalOf(nominal) <= 4 * HIGHEST;
}

/**
 * The input's own rate where it is constant; else the standard rate nearest to the usual distance between its frames. Rates
 * above 60 are divided by a whole number, so that frames are dropped evenly.
 */
export function chooseFrameRate(evidence: RateEvidence): FrameTiming {
  const { nominal, average, times, isInterlaced } = evidence;
  if (nominal && average && isConstant(evidence)) {
    const stated = isStandard(average) ? average : nominal;
    const divisor = divisorFor(decimalOf(stated), isInterlaced);
    const divided = ratio(stated.numerator, stated.denominator * divisor);
    return { frameRate: nearestUsable(divided), isEven: true };
  }
  const distances = distancesBetween(times);
  const distance = usualDistance(distances);
  if (distance === undefined) return { frameRate: FALLBACK, isEven: times.length < 2 };
  const rate = 1 / distance / divisorFor(1 / distance, isInterlaced);
  return { frameRate: nearestStandard(rate), isEven: areEven(distances, distance) };
}

/** Ticks per second such that every frame lasts a whole number of ticks: 90000 where that holds. */
export function timescaleFor(rate: Ratio): number {
  if (rate.denominator === 1001) return rate.numerator;
  const ticksPerFrame = (90_000 * rate.denominator) / rate.numerator;
  return Number.isInteger(ticksPerFrame) ? 90_000 : rate.numerator * 1000;
}

/** The smallest whole number that brings a rate down to what is allowed. */
function divisorFor(framesPerSecond: number, isInterlaced: boolean): number {
  const highest = isInterlaced ? HIGHEST_INTERLACED : HIGHEST;
  return Math.max(1, Math.ceil(framesPerSecond / highest - SAME));
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

function isStandard(rate: Ratio): boolean {
  return STANDARD_RATES.some((each) => decimalOf(each) === decimalOf(rate));
}

/** Frames nearer to each other than this are one, told twice. */
const SHORTEST_DISTANCE = 0.0005;

/** Seconds between neighbours, shortest first. */
function distancesBetween(times: readonly number[]): number[] {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted
    .slice(1)
    .map((time, i) => time - (sorted[i] ?? time))
    .filter((distance) => distance >= SHORTEST_DISTANCE)
    .sort((a, b) => a - b);
}

/**
 * The mean of all that are about as long as the median: rounded time stamps and the long and short frames of a telecined
 * film average out, pauses do not count. `undefined` for none.
 */
function usualDistance(sorted: readonly number[]): number | undefined {
  const median = sorted[Math.floor(sorted.length / 2)];
  if (median === undefined) return undefined;
  const usual = sorted.filter((distance) => distance > median / 2 && distance < median * 2);
  return usual.reduce((sum, distance) => sum + distance, 0) / usual.length;
}

/** Seconds: the coarsest clock of a container counts milliseconds, and rounds at both ends. */
const ROUNDING = 0.0021;

function areEven(distances: readonly number[], usual: number): boolean {
  return distances.every((distance) => Math.abs(distance - usual) <= ROUNDING);
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME * Math.max(a, b);
}
