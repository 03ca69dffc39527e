/** One scale of quality for all encoders: it never turns round, and stays within what each of them takes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ConstantQualityEncoder, qualityFor } from './quality-scale.ts';

const RANGES: Readonly<Record<ConstantQualityEncoder, readonly [number, number]>> = {
  libx264: [0, 51],
  libx265: [0, 51],
  'libvpx-vp9': [0, 63],
  libsvtav1: [1, 63],
  'libaom-av1': [0, 63],
};
const encoder = fc.constantFrom<ConstantQualityEncoder>(...(Object.keys(RANGES) as ConstantQualityEncoder[]));
const crf = fc.double({ min: 0, max: 51, noNaN: true });

test('worse on one scale is not better on another, and no number is out of range', () => {
  fc.assert(
    fc.property(encoder, crf, crf, (name, a, b) => {
      const [better, worse] = [qualityFor(name, Math.min(a, b)), qualityFor(name, Math.max(a, b))];
      expect(better).toBeLessThanOrEqual(worse);
      expect(better).toBeGreaterThanOrEqual(RANGES[name][0]);
      expect(worse).toBeLessThanOrEqual(RANGES[name][1]);
    }),
  );
});

test("x264's own scale is itself; encoders of whole numbers get whole numbers", () => {
  expect(qualityFor('libx264', 21.5)).toBe(21.5);
  for (const name of ['libvpx-vp9', 'libsvtav1', 'libaom-av1'] as const)
    expect(Number.isInteger(qualityFor(name, 21.3))).toBe(true);
});
