/** The ladder: known rungs for known sizes, and laws for any size at all. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratio } from '../ratio.ts';
import { chooseLadder, type RateTarget } from './ladder.ts';

function sizes(width: number, height: number, isSquare = true): string[] {
  const rungs = chooseLadder({ display: { width, height }, isSquare, frameRate: ratio(24, 1) });
  return rungs.map((rung) => `${rung.width}x${rung.height}`);
}

test('16:9 inputs get exact 16:9 rungs, none above the input', () => {
  const below720 = ['960x540', '768x432', '640x360', '416x234'];
  expect(sizes(1920, 1080)).toEqual(['1920x1080', '1280x720', ...below720]);
  expect(sizes(1280, 720)).toEqual(['1280x720', ...below720]);
  expect(sizes(3840, 2160)).toEqual(['3840x2160', '2560x1440', '1920x1080', '1280x720', ...below720]);
  expect(sizes(7680, 4320)[0]).toBe('3840x2160');
});

test('portrait gets the same rungs, turned', () => {
  expect(sizes(1080, 1920)).toEqual(sizes(1920, 1080).map((size) => size.split('x').reverse().join('x')));
});

test('other shapes keep their shape', () => {
  expect(sizes(640, 480)).toEqual(['640x480', '480x360', '312x234']);
  expect(sizes(1080, 1080)).toEqual(['1080x1080', '720x720', '540x540', '432x432', '360x360', '234x234']);
  expect(sizes(1920, 804)[1]).toBe('1280x536');
});

test('ultra-wide pictures keep their shape, within the width of 2160p', () => {
  expect(sizes(2560, 1080)).toEqual([
    '2560x1080',
    '1920x810',
    '1280x540',
    '960x406',
    '768x324',
    '640x270',
    '416x176',
  ]);
  expect(sizes(5120, 1440)[0]).toBe('3840x1080');
});

test('an input between two boxes has its own size at the top', () => {
  expect(sizes(1600, 900).slice(0, 2)).toEqual(['1600x900', '1280x720']);
  expect(sizes(1366, 768)[0]).toBe('1366x768');
});

test('a small input goes on at its smallest size with fewer bits, down to what any network carries', () => {
  const small = { display: { width: 480, height: 270 }, isSquare: true, frameRate: ratio(30, 1) };
  expect(sizes(480, 270)).toEqual(['480x270', '480x270', '480x270']);
  expect(chooseLadder(small).map(({ id, rate }) => [id, rate])).toEqual([
    ['video-270', { kind: 'crf', crf: 23, maxRate: 389_000 }],
    ['video-270-crf28', { kind: 'crf', crf: 28, maxRate: 233_400 }],
    ['video-270-crf33', { kind: 'crf', crf: 33, maxRate: 140_040 }],
  ]);
  const worst = chooseLadder(small, { codecs: ['h264'], rateControl: 'crf', crf: 48 });
  expect(worst.map(({ rate }) => rate.kind === 'crf' && rate.crf)).toEqual([48]);
});

test('a size that is meant to be 16:9 keeps its own top, and has exact rungs below', () => {
  expect(sizes(854, 480)).toEqual(['854x480', '640x360', '416x234']);
});

test('a picture of other than square pixels, or with odd sides, becomes exact at the top too', () => {
  expect(sizes(853.33, 480, false)[0]).toBe('832x468');
  expect(sizes(1024, 576, false)[0]).toBe('1024x576');
  expect(sizes(161, 121, false)[0]).toBe('160x120');
});

test('the smallest inputs have one rung', () => {
  expect(sizes(8, 8)).toEqual(['8x8']);
  expect(sizes(1, 1, false)).toEqual(['2x2']);
});

const side = fc.integer({ min: 2, max: 5000 });

test('for any size: even sides, never above the input, ever smaller, and hardly another shape', () => {
  fc.assert(
    fc.property(side, side, fc.boolean(), (width, height, isSquare) => {
      fc.pre(!isSquare || (width % 2 === 0 && height % 2 === 0));
      const rungs = chooseLadder({ display: { width, height }, isSquare, frameRate: ratio(30, 1) });
      let pixels = Number.POSITIVE_INFINITY;
      for (const rung of rungs) {
        expect([rung.width % 2, rung.height % 2]).toEqual([0, 0]);
        expect(rung.width).toBeLessThanOrEqual(Math.max(2, width + 1));
        expect(rung.height).toBeLessThanOrEqual(Math.max(2, height + 1));
        expect(rung.width * rung.height).toBeLessThanOrEqual(pixels);
        const misfit = Math.abs(rung.width * height - rung.height * width) / Math.max(width, height);
        expect(misfit).toBeLessThanOrEqual(2 + 0.003 * Math.min(rung.width, rung.height));
        pixels = rung.width * rung.height;
      }
      expect(new Set(rungs.map((rung) => rung.id)).size).toBe(rungs.length);
    }),
  );
});

test('the ceiling grows with size and frame rate', () => {
  const at = (framesPerSecond: number) =>
    chooseLadder({
      display: { width: 1920, height: 1080 },
      isSquare: true,
      frameRate: ratio(framesPerSecond, 1),
    }).map(({ rate }) => (rate.kind === 'crf' ? rate.maxRate : 0));
  expect(at(30)).toEqual([...at(30)].sort((a, b) => b - a));
  expect(at(60)[0]).toBeGreaterThan(at(30)[0] ?? 0);
  expect(at(24)).toEqual(at(30));
});

const fullHd = { display: { width: 1920, height: 1080 }, isSquare: true, frameRate: ratio(24, 1) };

test('each codec has all sizes, under its own names, the same order in each size', () => {
  const rungs = chooseLadder(fullHd, { codecs: ['h264', 'av1'], rateControl: 'crf', crf: 23 });
  expect(rungs.slice(0, 3).map(({ id }) => id)).toEqual(['video-1080', 'video-1080-av1', 'video-720']);
  expect(rungs.filter(({ codec }) => codec === 'av1')).toHaveLength(rungs.length / 2);
});

test.each(['vbr', 'cbr'] as const)('%s aims at rates that fall step by step', (rateControl) => {
  const aims = chooseLadder(fullHd, { codecs: ['h264'], rateControl, crf: 23 }).map(({ rate }) => {
    expect(rate.kind).toBe(rateControl);
    return rate.kind === 'vbr' ? rate.averageRate : rate.kind === 'cbr' ? rate.rate : 0;
  });
  expect(aims).toEqual([6_000_000, 3_000_000, 1_500_000, 730_000, 365_000, 145_000]);
});

const control = fc.constantFrom('crf', 'vbr', 'cbr');

test('for any size, frame rate and rate control: ids are unique, and each codec has falling rates', () => {
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 60 }), control, (width, height, fps, rateControl) => {
      const video = { display: { width, height }, isSquare: false, frameRate: ratio(fps, 1) };
      const rungs = chooseLadder(video, { codecs: ['h264', 'av1'], rateControl, crf: 23 });
      expect(new Set(rungs.map(({ id }) => id)).size).toBe(rungs.length);
      const ceilings = rungs.filter(({ codec }) => codec === 'av1').map(({ rate }) => ceilingOf(rate));
      for (const [i, ceiling] of ceilings.slice(1).entries())
        expect(ceiling).toBeLessThanOrEqual(ceilings[i] ?? 0);
    }),
  );
});

function ceilingOf(rate: RateTarget): number {
  return rate.kind === 'cbr' ? rate.rate : rate.maxRate;
}
