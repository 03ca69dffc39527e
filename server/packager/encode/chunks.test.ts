/** Chunks: whole segments, one behind the other, none too short or too long. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratio } from '../ratio.ts';
import { cutIntoChunks } from './chunks.ts';

const requests = fc.record({
  frameRate: fc.constantFrom(ratio(24, 1), ratio(25, 2), ratio(30_000, 1001), ratio(60, 1)),
  groupFrames: fc.integer({ min: 1, max: 600 }),
  duration: fc.option(fc.double({ min: 0.1, max: 2000, noNaN: true }), { nil: undefined }),
  chunkSeconds: fc.double({ min: 1, max: 120, noNaN: true }),
});

test('they begin where segments begin, cover the film from 0, and leave the end open', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const chunks = cutIntoChunks(request);
      let next = 0;
      for (const [i, { number, startFrame, frames }] of chunks.entries()) {
        expect([number, startFrame]).toEqual([i, next]);
        expect(startFrame % request.groupFrames).toBe(0);
        if (i === chunks.length - 1) expect(frames).toBeUndefined();
        next += frames ?? 0;
      }
    }),
  );
});

test('the last one is between a half and one and a half of the others', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const { frameRate, duration = 0 } = request;
      const chunks = cutIntoChunks(request);
      const usual = chunks[0]?.frames;
      if (usual === undefined) return;
      const rest =
        (duration * frameRate.numerator) / frameRate.denominator - (chunks.at(-1)?.startFrame ?? 0);
      expect(rest / usual).toBeGreaterThanOrEqual(0.5 - 1e-9);
      expect(rest / usual).toBeLessThanOrEqual(1.5 + 1e-9);
    }),
  );
});

test('without a length there is one', () => {
  const request = { frameRate: ratio(24, 1), groupFrames: 96, duration: undefined, chunkSeconds: 60 };
  expect(cutIntoChunks(request)).toEqual([{ number: 0, startFrame: 0 }]);
});
