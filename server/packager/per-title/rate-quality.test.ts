/** Curves between what was measured: through the points, falling, and never outside of what lies around. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SSIM } from '../quality/quality-measure.ts';
import { anyFilm, pointsOf } from './points-for-tests.ts';
import { combineShots, fillCurves } from './rate-quality.ts';

const sizes = [
  { width: 1280, height: 720 },
  { width: 640, height: 360 },
];
const grid = { sizes, codecs: ['h264', 'av1'], crf: 23 } as const;

test('shots count alike; the peak is that of the most expensive', () => {
  const encoding = { codec: 'h264', width: 64, height: 36, crf: 23 } as const;
  const [point] = combineShots(
    [[{ ...encoding, rate: 100, quality: 0.9 }], [{ ...encoding, rate: 300, quality: 0.98 }]],
    SSIM,
  );
  expect(point).toMatchObject({ rate: 200, peakRate: 300, quality: expect.closeTo(0.94, 9) });
  expect(point?.score).toBeCloseTo(-Math.log10(0.06), 9);
});

test('every whole quality of each codec and size, through the measured points', () => {
  fc.assert(
    fc.property(anyFilm, (film) => {
      const points = pointsOf(film, grid);
      const filled = fillCurves(points, SSIM);
      for (const point of points) expect(filled).toContainEqual(point);
      const keys = filled.map(({ codec, height, crf }) => `${codec} ${height} ${crf}`);
      expect(new Set(keys).size).toBe(keys.length);
      const top = filled.filter(({ codec, height }) => codec === 'av1' && height === 720);
      expect(top.map(({ crf }) => crf)).toEqual(Array.from({ length: 16 }, (_, i) => 23 + i));
    }),
  );
});

const ROUNDING = 1 + 1e-9;

test('where the measured points fall, everything between and beyond falls', () => {
  fc.assert(
    fc.property(anyFilm, (film) => {
      const filled = fillCurves(pointsOf({ ...film, noise: 0 }, grid), SSIM);
      for (const [i, point] of filled.slice(1).entries()) {
        const before = filled[i];
        if (!before || before.codec !== point.codec || before.height !== point.height) continue;
        expect(point.rate).toBeLessThanOrEqual(before.rate * ROUNDING);
        expect(point.score).toBeLessThanOrEqual(before.score * ROUNDING);
        expect(point.rate).toBeLessThanOrEqual(point.peakRate);
      }
    }),
  );
});
