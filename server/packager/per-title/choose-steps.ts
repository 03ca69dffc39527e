/** Chooses the rungs out of all encodings that could be made: on the hull, in even steps from the best to the cheapest. */
import { pixelsOf } from '../ladder/target-rate.ts';
import type { RatePoint } from './rate-quality.ts';
import { rateAt, scoreAt, upperHull, withoutUseless } from './upper-hull.ts';

export interface LadderGoal {
  /** What the top rung must reach, if anything does. */
  readonly score: number;
  /** Bits per second near which the ladder ends. */
  readonly lowestRate: number;
}

export interface StepConfig {
  /** Rates of neighbours are at least this factor apart: less would be seen by nobody, and stored all the same. */
  readonly nearest: number;
  /** And at most this: more, and a viewer between two rungs gets much less than the network could carry. */
  readonly farthest: number;
  /** Steps are this far apart on average. */
  readonly usual: number;
  /** Pixels that every device can show; one rung has at most these. 1080p. */
  readonly commonPixels: number;
}

export const DEFAULT_STEP_CONFIG: StepConfig = {
  nearest: 1.5,
  farthest: 2,
  usual: 1.6,
  commonPixels: 1920 * 1080,
};

/**
 * Best first; rate and score fall strictly, and sizes never grow on the way down. The top is the cheapest that reaches
 * the goal, else the best there is. `candidates` are of one codec; none of them gives an empty ladder.
 */
export function chooseSteps(
  candidates: readonly RatePoint[],
  goal: LadderGoal,
  config: StepConfig = DEFAULT_STEP_CONFIG,
): RatePoint[] {
  const useful = withoutUseless(candidates);
  const top = useful.find(({ score }) => score >= goal.score - UNSEEN) ?? useful.at(-1);
  if (!top) return [];
  const steps = [top];
  const hull = upperHull(useful);
  const scoreStep = evenStep(top, hull, goal, config);
  for (let last = top; ; ) {
    const even = Math.max(rateAt(hull, last.score - scoreStep), last.rate / config.farthest);
    const wanted = Math.max(goal.lowestRate, Math.min(even, last.rate / config.nearest));
    const next = wanted * MOST_ALIKE > last.rate ? undefined : nearestTo(wanted, useful, last, hull);
    if (!next) break;
    steps.push(next);
    last = next;
  }
  return withCommonSize(steps, useful, config);
}

/** A difference in score that is one of arithmetic. */
const UNSEEN = 1e-3;

/** So that as many steps as are usual over this range of rates each lose the same. */
function evenStep(
  top: RatePoint,
  hull: readonly RatePoint[],
  { lowestRate }: LadderGoal,
  { usual }: StepConfig,
): number {
  const steps = Math.max(1, Math.round(Math.log(top.rate / lowestRate) / Math.log(usual)));
  return Math.max(0, top.score - scoreAt(hull, lowestRate)) / steps;
}

/** One step of constant quality changes the rate by about 1.13, so that each size has a candidate this near. */
const NEAR = 1.08;

/** Of the candidates about as expensive as wanted, the one that loses least against the hull. */
function nearestTo(
  wanted: number,
  candidates: readonly RatePoint[],
  last: RatePoint,
  hull: readonly RatePoint[],
): RatePoint | undefined {
  const lower = candidates.filter(
    (candidate) => candidate.rate * MOST_ALIKE <= last.rate && pixelsOf(candidate) <= pixelsOf(last),
  );
  const distance = ({ rate }: RatePoint): number => Math.abs(Math.log(rate / wanted));
  const near = lower.filter((candidate) => distance(candidate) <= Math.log(NEAR));
  if (near.length > 0) return leastBy(near, ({ rate, score }) => scoreAt(hull, rate) - score);
  return leastBy(lower, distance);
}

/** Neighbours nearer than this are one rung. */
const MOST_ALIKE = 1.35;

/** A ladder of pictures that are all too large for some devices gets one at its end that all can show. */
function withCommonSize(
  steps: readonly RatePoint[],
  candidates: readonly RatePoint[],
  { commonPixels }: StepConfig,
): RatePoint[] {
  const last = steps.at(-1);
  if (!last || pixelsOf(last) <= commonPixels) return [...steps];
  const common = candidates.filter(
    (candidate) => pixelsOf(candidate) <= commonPixels && candidate.rate < last.rate,
  );
  const best = leastBy(common, (candidate) => -candidate.score);
  return best ? [...steps, best] : [...steps];
}

/** The first of the least. */
function leastBy<T>(values: readonly T[], cost: (value: T) => number): T | undefined {
  return values.reduce<T | undefined>(
    (best, value) => (best === undefined || cost(value) < cost(best) ? value : best),
    undefined,
  );
}
