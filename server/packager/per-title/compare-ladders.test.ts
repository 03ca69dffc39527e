/** Savings: none against itself, half for half the rate, and the other way round the inverse. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { savedAtEqualQuality, viewingOf } from './compare-ladders.ts';

const ladder = [
  { rate: 4000, score: 2 },
  { rate: 2000, score: 1.6 },
  { rate: 1000, score: 1.1 },
];
const anyLadder = fc
  .array(
    fc.tuple(fc.double({ min: 1.2, max: 3, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true })),
    {
      minLength: 2,
      maxLength: 6,
    },
  )
  .map((steps) => {
    let [rate, score] = [1000, 1];
    return steps.map(([factor, gain]) => {
      rate *= factor;
      score += gain;
      return { rate, score };
    });
  });

function atShare(share: number): { rate: number; score: number }[] {
  return ladder.map(({ rate, score }) => ({ rate: rate * share, score }));
}

test('a ladder saves nothing against itself, and half against one of twice the rate', () => {
  expect(savedAtEqualQuality(ladder, ladder)).toBeCloseTo(0, 12);
  expect(savedAtEqualQuality(ladder, atShare(0.5))).toBeCloseTo(0.5, 12);
});

test('ladders that share no quality cannot be compared', () => {
  expect(savedAtEqualQuality(ladder, [{ rate: 10, score: 0.2 }])).toBeUndefined();
  expect(savedAtEqualQuality([], ladder)).toBeUndefined();
});

test('what one saves, the other needs more: the shares are each other’s inverse', () => {
  fc.assert(
    fc.property(anyLadder, anyLadder, (a, b) => {
      const saved = savedAtEqualQuality(a, b);
      const back = savedAtEqualQuality(b, a);
      fc.pre(saved !== undefined && back !== undefined);
      expect((1 - (saved ?? 0)) * (1 - (back ?? 0))).toBeCloseTo(1, 9);
    }),
  );
});

test('a rung that is no better than a cheaper one changes nothing', () => {
  const useless = [...ladder, { rate: 3000, score: 1.5 }];
  expect(savedAtEqualQuality(ladder, useless)).toBeCloseTo(0, 12);
});

test('viewers get the best rung that their network carries, the cheapest where it carries none', () => {
  expect(viewingOf(ladder, { from: 1000, to: 1999 })).toEqual({ rate: 1000, score: expect.closeTo(1.1, 9) });
  expect(viewingOf(ladder, { from: 100, to: 900 }).rate).toBe(1000);
  expect(viewingOf(ladder, { from: 2000, to: 8000 }).rate).toBeCloseTo(3000, 9);
});
