/** `@bandwidth` is a promise to a client: these tests are the client. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averageOf, bandwidthOf, type SizedSegment } from './bandwidth.ts';

const segments = fc.array(
  fc.record({
    bytes: fc.integer({ min: 1, max: 5_000_000 }),
    duration: fc.double({ min: 0.1, max: 10, noNaN: true }),
  }),
  { minLength: 1, maxLength: 30 },
);

/** Whether a client that begins at `first` and waits `wait` seconds has every segment in time at this constant rate. */
function neverWaits(list: readonly SizedSegment[], rate: number, wait: number): boolean {
  return list.every((_, first) => {
    let bits = 0;
    let deadline = wait;
    return list.slice(first).every((segment) => {
      bits += segment.bytes * 8;
      const isInTime = bits / rate <= deadline * (1 + 1e-9);
      deadline += segment.duration;
      return isInTime;
    });
  });
}

test('at that rate, and from any segment on, nobody waits', () => {
  fc.assert(
    fc.property(segments, fc.double({ min: 0.5, max: 10, noNaN: true }), (list, wait) => {
      expect(neverWaits(list, bandwidthOf(list, wait), wait)).toBe(true);
    }),
  );
});

test('it promises no more than needed: at less, somebody waits or the average does not fit', () => {
  fc.assert(
    fc.property(segments, fc.double({ min: 0.5, max: 10, noNaN: true }), (list, wait) => {
      const less = bandwidthOf(list, wait) - 1;
      fc.pre(less > 1000);
      expect(neverWaits(list, less * 0.999, wait) && averageOf(list) <= less * 0.999).toBe(false);
    }),
  );
});

test('a constant rate is its own bandwidth when the buffer holds a segment', () => {
  const list = new Array<SizedSegment>(10).fill({ bytes: 500_000, duration: 4 });
  expect(bandwidthOf(list, 4)).toBe(1_000_000);
});

test('a short clip is not promised at less than its average, however long the buffer', () => {
  expect(bandwidthOf([{ bytes: 125_000, duration: 1 }], 10)).toBe(1_000_000);
});

/** The definition, word for word: over all runs. */
function highestOfAllRuns(list: readonly SizedSegment[], wait: number): number {
  let most = averageOf(list);
  for (const [first] of list.entries()) {
    let [bits, seconds] = [0, wait];
    for (const { bytes, duration } of list.slice(first)) {
      bits += bytes * 8;
      most = Math.max(most, bits / seconds);
      seconds += duration;
    }
  }
  return most;
}

test('it is what the definition says, though it does not look at every run', () => {
  fc.assert(
    fc.property(segments, fc.double({ min: 0.5, max: 10, noNaN: true }), (list, wait) => {
      expect(Math.abs(bandwidthOf(list, wait) - highestOfAllRuns(list, wait))).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1000 },
  );
});
