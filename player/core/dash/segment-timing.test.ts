import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClippedSegmentList, createSegmentList } from './segment-list.ts';
import { countToEnd, evenTiming, positionAt, type SegmentTiming } from './segment-timing.ts';

/** Segments with gaps and overlaps: each start lies above the one before. */
const anyTiming = fc
  .array(fc.record({ step: fc.integer({ min: 1, max: 50 }), ticks: fc.integer({ min: 1, max: 50 }) }), {
    minLength: 1,
  })
  .map((steps): SegmentTiming => {
    let at = 0;
    const segments = steps.map(({ step, ticks }) => {
      at += step;
      return { start: at / 7, duration: ticks / 7 };
    });
    return {
      count: segments.length,
      start: (position) => segments[position]?.start ?? Number.NaN,
      duration: (position) => segments[position]?.duration ?? Number.NaN,
    };
  });

const positions = (timing: SegmentTiming) => Array.from({ length: timing.count }, (_, position) => position);

test('a segment is found at exactly the time it says', () => {
  fc.assert(
    fc.property(anyTiming, (timing) => {
      for (const position of positions(timing)) {
        expect(positionAt(timing, timing.start(position))).toBe(position);
      }
    }),
  );
});

test('a time lies in the segment found, or in front of it in a gap, or behind all', () => {
  fc.assert(
    fc.property(anyTiming, fc.double({ min: -5, max: 1000, noNaN: true }), (timing, time) => {
      const found = positionAt(timing, time);
      const covers = (position: number) =>
        timing.start(position) <= time && time < timing.start(position) + timing.duration(position);
      if (found < timing.count && covers(found)) return;
      const started = positions(timing).filter((position) => timing.start(position) <= time).length;
      expect(found).toBe(started);
      if (started > 0) expect(covers(started - 1)).toBe(false);
    }),
  );
});

test('even segments fill the period without gap, and the last ends with it', () => {
  const ticks = fc.integer({ min: 1, max: 100_000 });
  fc.assert(
    fc.property(
      ticks,
      ticks,
      fc.integer({ min: 100, max: 10_000_000 }),
      (timescale, durationTicks, periodMs) => {
        const line = { start: 3, end: 3 + periodMs / 1000, timescale, offsetTicks: 0n };
        fc.pre(durationTicks / timescale > 0.001);
        const count = countToEnd(line, durationTicks);
        const timing = evenTiming(line, { durationTicks, startNumber: 1, count });
        const last = count - 1;
        expect(timing.start(0)).toBe(3);
        expect(timing.start(last) + timing.duration(last)).toBeCloseTo(
          Math.min(line.end, timing.start(count)),
          6,
        );
        expect(timing.start(last) + timing.duration(last)).toBeGreaterThan(line.end - 0.002);
        expect(timing.start(last)).toBeLessThan(line.end);
      },
    ),
  );
});

test('a list answers undefined outside itself', () => {
  const timing = evenTiming(
    { start: 0, end: 6, timescale: 1, offsetTicks: 0n },
    { durationTicks: 2, startNumber: 1, count: 3 },
  );
  const list = createSegmentList(timing, (position) => ({ urls: [`${position}`] }));
  expect([-1, 0.5, 3, Number.NaN].map((position) => list.at(position))).toEqual(Array(4).fill(undefined));
  expect(list.at(2)).toEqual({ urls: ['2'], start: 4, duration: 2 });
});

test('a clipped list holds what reaches into the period, and nothing that only touches it', () => {
  const timing = evenTiming(
    { start: 0, end: 100, timescale: 1, offsetTicks: 0n },
    { durationTicks: 2, startNumber: 1, count: 50 },
  );
  const starts = (start: number, end: number) => {
    const list = createClippedSegmentList(timing, { start, end }, (position) => ({ urls: [`${position}`] }));
    return Array.from({ length: list.count }, (_, position) => list.at(position)?.urls[0]);
  };
  expect(starts(4, 8)).toEqual(['2', '3']);
  expect(starts(3, 8.5)).toEqual(['1', '2', '3', '4']);
  expect(starts(4.0005, 8.0005)).toEqual(['2', '3']);
  expect(starts(3.9995, 8)).toEqual(['2', '3']);
  expect(starts(200, 300)).toEqual([]);
  expect(starts(98, Number.POSITIVE_INFINITY)).toEqual(['49']);
});

test('a clipped list keeps the duration of each', () => {
  const timing = {
    count: 3,
    start: (position: number) => position * position,
    duration: (position: number) => 2 * position + 1,
  };
  const list = createClippedSegmentList(timing, { start: 1, end: 9 }, () => ({ urls: [] }));
  expect([0, 1].map((position) => list.at(position)?.duration)).toEqual([3, 5]);
});
