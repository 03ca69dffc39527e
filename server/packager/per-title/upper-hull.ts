/** The best that can be had at each rate: the upper convex hull of points of rate and score. */

export interface RateScore {
  readonly rate: number;
  readonly score: number;
}

/** Cheapest first, without those that are no better than a cheaper one: rate and score both rise. */
export function withoutUseless<P extends RateScore>(points: readonly P[]): P[] {
  const sorted = [...points].sort((a, b) => a.rate - b.rate || b.score - a.score);
  let best = Number.NEGATIVE_INFINITY;
  return sorted.filter(({ score }) => {
    const isBetter = score > best;
    best = Math.max(best, score);
    return isBetter;
  });
}

/**
 * Its corners, cheapest first: rate and score both rise, and each further bit buys less than the one before. The rate
 * counts by its logarithm, since networks differ by factors. At least one corner for at least one point.
 */
export function upperHull<P extends RateScore>(points: readonly P[]): P[] {
  const corners: P[] = [];
  for (const point of withoutUseless(points)) {
    while (isBelowLine(corners.at(-2), corners.at(-1), point)) corners.pop();
    corners.push(point);
  }
  return corners;
}

/** Whether `middle` lies on or below the line from `first` to `last`. */
function isBelowLine(first: RateScore | undefined, middle: RateScore | undefined, last: RateScore): boolean {
  if (!first || !middle) return false;
  const share = Math.log(middle.rate / first.rate) / Math.log(last.rate / first.rate);
  return middle.score <= first.score + share * (last.score - first.score);
}

/** The score that the corners reach at a rate; at the ends it stays as it is. `corners` must not be empty. */
export function scoreAt(corners: readonly RateScore[], rate: number): number {
  return interpolate(
    corners.map((corner) => [Math.log(corner.rate), corner.score]),
    Math.log(rate),
  );
}

/** The rate at which the corners reach a score; at the ends it stays as it is. `corners` must not be empty. */
export function rateAt(corners: readonly RateScore[], score: number): number {
  return Math.exp(
    interpolate(
      corners.map((corner) => [corner.score, Math.log(corner.rate)]),
      score,
    ),
  );
}

type Knot = readonly [at: number, value: number];

/** Straight between knots, which lie in order. */
function interpolate(knots: readonly Knot[], at: number): number {
  const after = knots.findIndex(([knot]) => knot >= at);
  const upper = knots[after === -1 ? knots.length - 1 : after];
  const lower = knots[after - 1];
  if (!upper) throw new Error('There is nothing to interpolate between.');
  if (after === -1 || !lower) return upper[1];
  return lower[1] + ((at - lower[0]) / (upper[0] - lower[0])) * (upper[1] - lower[1]);
}
