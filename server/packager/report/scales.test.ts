/** Axes for any values: marks lie inside and are round, places keep the order of values, labels do not cover one another. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linearScale, logScale, spread, timeScale } from './scales.ts';

const PIXELS = { from: 50, to: 900 };
const anyRange = fc
  .tuple(fc.double({ min: 0.1, max: 1e6, noNaN: true }), fc.double({ min: 1.01, max: 1e4, noNaN: true }))
  .map(([from, factor]) => ({ from, to: from * factor }));

test.each([
  ['linear', (range: { from: number; to: number }) => linearScale(range, PIXELS, 5)],
  ['time', (range: { from: number; to: number }) => timeScale(range, PIXELS, 8)],
  ['logarithmic', (range: { from: number; to: number }) => logScale(range, PIXELS)],
])('a %s axis', (_, scaleFor) => {
  fc.assert(
    fc.property(anyRange, (range) => {
      const { at, marks } = scaleFor(range);
      expect(at(range.from)).toBeCloseTo(PIXELS.from, 6);
      expect(at(range.to)).toBeCloseTo(PIXELS.to, 6);
      const places = marks.map(at);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(marks.length).toBeLessThan(50);
    }),
  );
});

test('labels are spread as far as there is room, in their order', () => {
  const anyPlaces = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(anyPlaces, (places) => {
      const moved = spread(places, 15, { from: 0, to: 300 }).sort((a, b) => a - b);
      moved.slice(1).forEach((place, i) => {
        expect(place - (moved[i] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9);
      });
    }),
  );
});
