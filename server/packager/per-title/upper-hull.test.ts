/** The hull: nothing is above it, it only rises, and each bit buys less than the one before. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RateScore, rateAt, scoreAt, upperHull } from './upper-hull.ts';

const point = fc.record({
  rate: fc.integer({ min: 1000, max: 10_000_000 }),
  score: fc.integer({ min: 0, max: 400 }).map((hundredths) => hundredths / 100),
});
const points = fc.array(point, { minLength: 1, maxLength: 30 });

function slope(a: RateScore, b: RateScore): number {
  return (b.score - a.score) / Math.log(b.rate / a.rate);
}

test('the corners of a bent curve are kept, what lies below is not', () => {
  const corners = [
    { rate: 1000, score: 1 },
    { rate: 2000, score: 1.5 },
    { rate: 4000, score: 1.8 },
  ];
  const below = [
    { rate: 1400, score: 1.2 },
    { rate: 3000, score: 1.5 },
    { rate: 8000, score: 1.7 },
  ];
  expect(upperHull([...below, ...corners])).toEqual(corners);
});

test('it consists of points, holds no point above it, rises, and rises ever slower', () => {
  fc.assert(
    fc.property(points, (all) => {
      const hull = upperHull(all);
      for (const corner of hull) expect(all).toContain(corner);
      for (const each of all) expect(each.score).toBeLessThanOrEqual(scoreAt(hull, each.rate) + 1e-9);
      const slopes = hull.slice(1).map((corner, i) => slope(hull[i] ?? corner, corner));
      for (const each of slopes) expect(each).toBeGreaterThan(0);
      expect(slopes).toEqual([...slopes].sort((a, b) => b - a));
    }),
  );
});

test('the rate for the score at a rate is that rate, between the ends', () => {
  fc.assert(
    fc.property(points, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
      const hull = upperHull(all);
      const [first, last] = [hull[0], hull.at(-1)];
      fc.pre(first !== undefined && last !== undefined && last.rate > first.rate * 1.001);
      if (!first || !last) return;
      const rate = first.rate * (last.rate / first.rate) ** share;
      const steepest = Math.min(...hull.slice(1).map((corner, i) => slope(hull[i] ?? corner, corner)));
      fc.pre(steepest > 1e-6);
      expect(rateAt(hull, scoreAt(hull, rate)) / rate).toBeCloseTo(1, 4);
    }),
  );
});
