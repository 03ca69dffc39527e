import fc from 'fast-check';
import { expect, test } from 'vitest';
import { timelineTiming } from './segment-timeline.ts';
import type { TimeLine } from './segment-timing.ts';
import { readXml } from './xml.ts';

const line: TimeLine = { start: 10, end: 20, timescale: 10, offsetTicks: 0n };
const all = { first: 1, last: Number.POSITIVE_INFINITY };

function read(entries: string, over: Partial<TimeLine> = {}, numbers = all) {
  return timelineTiming(
    readXml(`<SegmentTimeline>${entries}</SegmentTimeline>`),
    { ...line, ...over },
    numbers,
  );
}

function segments(entries: string, over: Partial<TimeLine> = {}, numbers = all) {
  const timing = read(entries, over, numbers);
  return Array.from({ length: timing.count }, (_, position) => [
    timing.start(position),
    timing.duration(position),
    timing.number(position),
    timing.time(position),
  ]);
}

test('runs are what they would be written out one by one', () => {
  const run = fc.record({
    gap: fc.constantFrom(0, 0, 0, 3),
    d: fc.integer({ min: 1, max: 9 }),
    r: fc.integer({ min: 0, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 20 }), (runs) => {
      let at = 0;
      const expected: [number, number, number, string][] = [];
      const entries = runs.map(({ gap, d, r }) => {
        at += gap;
        const entry = `<S ${gap > 0 ? `t="${at}"` : ''} d="${d}" r="${r}"/>`;
        for (let i = 0; i <= r; i++, at += d)
          expected.push([10 + at / 10, d / 10, expected.length + 1, String(at)]);
        return entry;
      });
      expect(segments(entries.join(''), { end: 1e6 })).toEqual(expected);
    }),
  );
});

test('an open end reaches to the next S, or to the end of the period', () => {
  expect(segments('<S t="0" d="20" r="-1"/><S t="60" d="40"/>').map(([start]) => start)).toEqual([
    10, 12, 14, 16,
  ]);
  expect(segments('<S t="0" d="30" r="-1"/>').map(([start]) => start)).toEqual([10, 13, 16, 19]);
  expect(segments('<S t="0" d="25" r="-1"/>', { end: 20.0004 })).toHaveLength(4);
});

test('a billion repetitions cost nothing and end with the period', () => {
  expect(read('<S t="0" d="20" r="999999999"/>').count).toBe(5);
  const long = read('<S t="0" d="20" r="999999999"/>', { end: 1e12 });
  expect(long.count).toBe(1_000_000_000);
  expect(long.time(999_999_999)).toBe('19999999980');
});

test('gaps stay gaps; of an overlap the next S starts where it says, and numbers go on as written', () => {
  expect(segments('<S t="0" d="10"/><S t="30" d="10"/>').map(([start]) => start)).toEqual([10, 13]);
  expect(segments('<S t="0" d="20" r="3"/><S t="30" d="20"/>')).toEqual([
    [10, 2, 1, '0'],
    [12, 2, 2, '20'],
    [13, 2, 5, '30'],
  ]);
});

test('the presentation time offset shifts starts, not URLs', () => {
  const start = 2n ** 60n;
  const ticks = { timescale: 10_000_000, offsetTicks: start + 5_000_000n };
  expect(segments(`<S t="${start}" d="20000000" r="1"/>`, ticks)).toEqual([
    [9.5, 2, 1, String(start)],
    [11.5, 2, 2, String(start + 20_000_000n)],
  ]);
  expect(segments('<S d="20"/>', { offsetTicks: 10n })[0]).toEqual([9, 2, 1, '0']);
});

test('numbers begin at startNumber, jump with S@n and stop at endNumber', () => {
  const numbers = { first: 5, last: 11 };
  expect(
    segments('<S t="0" d="10" r="1"/><S n="10" d="10" r="5"/>', {}, numbers).map(([, , number]) => number),
  ).toEqual([5, 6, 10, 11]);
});

test.each([
  ['<S t="0"/>', 'no @d above 0', 'S'],
  ['<S t="0" d="0" r="2147483647"/>', 'no @d above 0', 'S'],
  ['<S t="0" d="-1"/>', 'not a whole number', 'S'],
  ['<S t="a" d="1"/>', 'not a whole number', 'S'],
  ['<S t="0" d="1" r="x"/>', 'not a whole number', 'S'],
  ['<S t="0" d="1" r="1.5"/>', 'not a whole number', 'S'],
  ['<S t="50" d="10"/><S t="40" d="10"/>', 'no earlier than', 'S[1]'],
  ['<S t="0" d="10" r="-1"/><S d="10"/>', 'without end', 'S[1]'],
  ['<S t="0" d="9007199254740991" r="1"/><S d="10"/>', 'past 2^53', 'S[1]'],
])('%s is refused with its path', (entries, sentence, path) => {
  expect(() => segments(entries, { end: 1e15 })).toThrow(sentence);
  expect(() => segments(entries, { end: 1e15 })).toThrow(`/SegmentTimeline/${path} (line 1)`);
});

test('no end of a period and no end of a run is an error, an end of either is not', () => {
  const open = { end: Number.POSITIVE_INFINITY };
  expect(() => segments('<S t="0" d="10" r="-1"/>', open)).toThrow('without end');
  expect(segments('<S t="0" d="10" r="2"/>', open)).toHaveLength(3);
});
