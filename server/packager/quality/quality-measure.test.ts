/** What the filters say at their end, as ffmpeg 5.1 and 7.0 wrote it; and the scores made of it. */
import { expect, test } from 'vitest';
import { NEVER, TOOLS } from '../films-for-tests.ts';
import { chooseMeasure, SSIM, VMAF, XPSNR } from './quality-measure.ts';

test('each reads its own line and no other', () => {
  const ssim =
    '[ssim@q2 @ 0x563f37892c80] SSIM Y:0.977248 (16.429848) U:0.987870 (19.161487) V:0.990829 (20.375816) All:0.981282 (17.277411)';
  const same =
    '[ssim@q0 @ 0x5581] SSIM Y:1.000000 (inf) U:1.000000 (inf) V:1.000000 (inf) All:1.000000 (inf)';
  const vmaf = '[libvmaf@q1 @ 0x6bd9a40] VMAF score: 83.383290';
  const xpsnr = '[xpsnr@q1 @ 0x5f0] XPSNR  y: 38.2101  u: 42.8812  v: 43.0151  (minimum: 38.2101)';
  expect([ssim, same, vmaf, xpsnr].map(SSIM.read)).toEqual([0.981282, 1, undefined, undefined]);
  expect([ssim, same, vmaf, xpsnr].map(VMAF.read)).toEqual([undefined, undefined, 83.38329, undefined]);
  expect([ssim, same, vmaf, xpsnr].map(XPSNR.read)).toEqual([undefined, undefined, undefined, 38.2101]);
});

test('a nine more of SSIM is a step more of score; a perfect picture has a finite one', () => {
  expect([0.9, 0.99, 0.999].map(SSIM.scoreOf)).toEqual([1, 2, 3].map((score) => expect.closeTo(score, 9)));
  expect(SSIM.scoreOf(1)).toBe(5);
  expect(SSIM.qualityOf(SSIM.scoreOf(0.987))).toBeCloseTo(0.987, 12);
});

test('every ffmpeg has one of them', async () => {
  expect(await chooseMeasure(TOOLS, NEVER)).toBeDefined();
});
