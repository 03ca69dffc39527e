/** Rates by size: the table's own sizes get the table's rates, and all others something in between. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aimFor, ceilingFor, LOWEST_AIM } from './target-rate.ts';

test("the table's sizes get its rates, at film and at video speed", () => {
  expect(aimFor({ width: 1920, height: 1080 }, 24)).toBe(6_000_000);
  expect(aimFor({ width: 1280, height: 720 }, 30)).toBe(3_000_000);
  expect(aimFor({ width: 416, height: 234 }, 25)).toBe(LOWEST_AIM);
});

test('twice the frames cost less than twice the bits; few frames cost less', () => {
  const size = { width: 1280, height: 720 };
  expect(aimFor(size, 60) / aimFor(size, 30)).toBeCloseTo(Math.SQRT2, 4);
  expect(aimFor(size, 6)).toBe(1_500_000);
  expect(ceilingFor(size, 10)).toBe(ceilingFor(size, 30));
});

const side = fc.integer({ min: 2, max: 8000 });

test('more pixels never get fewer bits', () => {
  fc.assert(
    fc.property(side, side, side, fc.integer({ min: 1, max: 60 }), (width, a, b, fps) => {
      const [less, more] = [Math.min(a, b), Math.max(a, b)].map((height) => ({ width, height }));
      if (!less || !more) return;
      expect(aimFor(less, fps)).toBeLessThanOrEqual(aimFor(more, fps));
      expect(ceilingFor(less, fps)).toBeLessThanOrEqual(ceilingFor(more, fps));
    }),
  );
});
