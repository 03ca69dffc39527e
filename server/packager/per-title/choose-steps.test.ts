/** The rungs chosen for any film: in order, apart, never more than is needed, and as good as asked for. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pixelsOf } from '../ladder/target-rate.ts';
import { SSIM } from '../quality/quality-measure.ts';
import { chooseSteps, DEFAULT_STEP_CONFIG } from './choose-steps.ts';
import { anyFilm, pointsOf } from './points-for-tests.ts';
import { fillCurves } from './rate-quality.ts';
import { upperHull } from './upper-hull.ts';

const sizes = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 720 },
  { width: 960, height: 540 },
  { width: 640, height: 360 },
  { width: 416, height: 234 },
];
const grid = { sizes, codecs: ['h264'], crf: 23 } as const;
const goal = fc.record({
  score: fc.double({ min: 0.5, max: 3, noNaN: true }),
  lowestRate: fc.double({ min: 30_000, max: 300_000, noNaN: true }),
});

test('rate and score fall strictly, sizes never grow, neighbours are apart', () => {
  fc.assert(
    fc.property(anyFilm, goal, (film, wanted) => {
      const steps = chooseSteps(fillCurves(pointsOf(film, grid), SSIM), wanted);
      expect(steps.length).toBeGreaterThan(0);
      for (const [i, step] of steps.slice(1).entries()) {
        const above = steps[i];
        if (!above) throw new Error('There is a rung above each but the first.');
        expect(step.score).toBeLessThan(above.score);
        expect(above.rate / step.rate).toBeGreaterThan(1.3);
        expect(pixelsOf(step)).toBeLessThanOrEqual(pixelsOf(above));
      }
    }),
  );
});

test('the top reaches the goal, or is the best there is; and nothing that reaches it is cheaper', () => {
  fc.assert(
    fc.property(anyFilm, goal, (film, wanted) => {
      const candidates = fillCurves(pointsOf(film, grid), SSIM);
      const [top] = chooseSteps(candidates, wanted);
      const best = Math.max(...candidates.map(({ score }) => score));
      expect(top?.score).toBeGreaterThanOrEqual(Math.min(best, wanted.score - 0.002));
      const reaching = candidates.filter(({ score }) => score >= wanted.score);
      for (const candidate of reaching) expect(top?.rate).toBeLessThanOrEqual(candidate.rate);
    }),
  );
});

test('films without noise: no step of more than two where anything between would help, down to the lowest rate', () => {
  const smooth = anyFilm.map((film) => ({ ...film, noise: 0 }));
  fc.assert(
    fc.property(smooth, goal, (film, wanted) => {
      const candidates = fillCurves(pointsOf(film, grid), SSIM);
      const steps = chooseSteps(candidates, wanted);
      for (const [i, step] of steps.slice(1).entries()) {
        const above = steps[i] ?? step;
        const between = upperHull(candidates).filter(
          ({ rate }) => rate > step.rate * 1.35 && rate < above.rate / 1.35,
        );
        if (between.length > 0) expect(above.rate / step.rate).toBeLessThan(2.2);
      }
      const cheapest = Math.min(...candidates.map(({ rate }) => rate));
      expect(steps.at(-1)?.rate).toBeLessThan(Math.max(wanted.lowestRate, cheapest) * 1.5);
    }),
  );
});

test('a film that looks best at 2160p at every rate still has a rung that every device shows', () => {
  const large = [{ width: 3840, height: 2160 }, ...sizes];
  const film = { hardness: 0.5, detail: 1, spread: 1, noise: 0 };
  const candidates = fillCurves(pointsOf(film, { ...grid, sizes: large }), SSIM);
  const steps = chooseSteps(candidates, { score: 3, lowestRate: 1_000_000 });
  expect(pixelsOf(steps.at(-2) ?? { width: 0, height: 0 })).toBeGreaterThan(DEFAULT_STEP_CONFIG.commonPixels);
  expect(pixelsOf(steps.at(-1) ?? { width: 0, height: 0 })).toBeLessThanOrEqual(
    DEFAULT_STEP_CONFIG.commonPixels,
  );
});

test('nothing to choose from is no ladder', () => {
  expect(chooseSteps([], { score: 1, lowestRate: 1 })).toEqual([]);
});
