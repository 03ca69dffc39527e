/** Samples: within the film, apart, a small share of it, and always the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseSamples } from './choose-samples.ts';

const film = fc.record({
  segments: fc.integer({ min: 1, max: 5000 }),
  framesPerSegment: fc.integer({ min: 1, max: 600 }),
  framesPerSecond: fc.integer({ min: 1, max: 60 }),
  isSeekable: fc.boolean(),
});

test('for any film: each sample lies within a segment of its own, in order', () => {
  fc.assert(
    fc.property(film, (each) => {
      const samples = chooseSamples(each);
      expect(samples.length).toBeGreaterThan(0);
      const segments = samples.map(({ segment }) => segment);
      expect(new Set(segments).size).toBe(segments.length);
      expect(segments).toEqual([...segments].sort((a, b) => a - b));
      for (const { segment, frames } of samples) {
        expect(segment).toBeLessThan(each.segments);
        expect(frames).toBeGreaterThan(0);
        expect(frames).toBeLessThanOrEqual(each.framesPerSegment);
      }
    }),
  );
});

test('a tenth of a film of two minutes, and ever less of longer ones', () => {
  const share = (segments: number): number => {
    const samples = chooseSamples({ segments, framesPerSegment: 100, framesPerSecond: 25, isSeekable: true });
    return samples.reduce((sum, { frames }) => sum + frames, 0) / (segments * 100);
  };
  expect(share(30)).toBeCloseTo(0.1, 2);
  expect(share(1800)).toBeLessThan(0.004);
});

test('what cannot be sought in is measured at its beginning', () => {
  const samples = chooseSamples({
    segments: 30,
    framesPerSegment: 100,
    framesPerSecond: 25,
    isSeekable: false,
  });
  expect(samples.map(({ segment }) => segment)).toEqual([0, 1, 2, 3, 4, 5]);
});
