/** Whole ladders for any film: as good at the top as the fixed one, never above it in size or rate, never worse at a rate. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseLadder, chooseSizes, type LadderWish, type RateTarget } from '../ladder/ladder.ts';
import { pixelsOf } from '../ladder/target-rate.ts';
import { SSIM } from '../quality/quality-measure.ts';
import { ratio } from '../ratio.ts';
import { chooseRungs } from './choose-rungs.ts';
import { anyFilm, type FilmSketch, pointsOf } from './points-for-tests.ts';

const anySize = fc.constantFrom([1920, 1080], [1280, 720], [768, 432], [480, 270], [720, 1280], [3840, 1600]);
const anyKind = fc.constantFrom('crf', 'vbr', 'cbr');

function chosenFor(film: FilmSketch, [width = 0, height = 0]: readonly number[], wish: LadderWish) {
  const video = { display: { width, height }, isSquare: true, frameRate: ratio(25, 1) };
  const fixed = chooseLadder(video, wish);
  const points = pointsOf(film, { sizes: chooseSizes(video), ...wish });
  return { fixed, ...chooseRungs({ points, measure: SSIM, fixed }) };
}

test('ids are unique, sizes fall and are those of the fixed ladder', () => {
  fc.assert(
    fc.property(anyFilm, anySize, anyKind, (film, size, rateControl) => {
      const { fixed, rungs } = chosenFor(film, size, { codecs: ['h264', 'av1'], rateControl, crf: 23 });
      expect(rungs.length).toBeGreaterThan(1);
      expect(new Set(rungs.map(({ id }) => id)).size).toBe(rungs.length);
      const pixels = rungs.map(pixelsOf);
      expect(pixels).toEqual([...pixels].sort((a, b) => b - a));
      for (const { width, height } of rungs)
        expect(fixed).toContainEqual(expect.objectContaining({ width, height }));
    }),
  );
});

test('no rung needs more than the top of the fixed ladder may, and all aim as they were asked to', () => {
  fc.assert(
    fc.property(anyFilm, anySize, anyKind, (film, size, rateControl) => {
      const { fixed, rungs } = chosenFor(film, size, { codecs: ['h264'], rateControl, crf: 23 });
      const most = Math.max(...fixed.map(({ rate }) => highest(rate)));
      for (const { rate } of rungs) {
        expect(rate.kind).toBe(rateControl);
        expect(highest(rate)).toBeLessThanOrEqual(most);
        if (rate.kind === 'vbr') expect(rate.averageRate).toBeLessThanOrEqual(rate.maxRate);
      }
    }),
  );
});

function highest(rate: RateTarget): number {
  return rate.kind === 'cbr' ? rate.rate : rate.maxRate;
}

test('the top is as good as that of the fixed ladder, or as good as anyone can tell', () => {
  fc.assert(
    fc.property(anyFilm, anySize, (film, size) => {
      const { codecs } = chosenFor(film, size, { codecs: ['h264'], rateControl: 'crf', crf: 23 });
      for (const { chosen, fixed } of codecs) {
        if (chosen.length === 0) continue;
        const wanted = Math.min(fixed[0]?.score ?? 0, SSIM.scoreOf(SSIM.transparent));
        expect(chosen[0]?.score).toBeGreaterThanOrEqual(wanted - 0.002);
      }
    }),
  );
});

test('a film whose detail survives few bits is encoded larger than the fixed ladder would, and saves', () => {
  const film = { hardness: 0.3, detail: 0.6, spread: 2, noise: 0 };
  const { codecs, rungs } = chosenFor(film, [1280, 720], { codecs: ['h264'], rateControl: 'crf', crf: 23 });
  expect(codecs[0]?.saved).toBeGreaterThan(0.1);
  expect(rungs.slice(0, 2).map(({ height }) => height)).toEqual([720, 720]);
});

test('a film that nothing keeps below the ceiling has its fixed rungs', () => {
  const film = { hardness: 2000, detail: 0.1, spread: 1, noise: 0 };
  const { fixed, rungs, codecs } = chosenFor(film, [1280, 720], {
    codecs: ['h264'],
    rateControl: 'crf',
    crf: 23,
  });
  expect(rungs).toEqual(fixed);
  expect(codecs[0]?.chosen).toEqual([]);
});
