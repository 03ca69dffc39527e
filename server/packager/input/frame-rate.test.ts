/** The grid an input is brought to: its own where it has one, else the nearest that people make films on. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalOf, formatRate, parseRatio, ratio } from '../ratio.ts';
import { chooseFrameRate, isConstant, timescaleFor } from './frame-rate.ts';

function timingOf(nominal: string, average: string, times: readonly number[] = [], isInterlaced = false) {
  const rates = { nominal: parseRatio(nominal), average: parseRatio(average) };
  return chooseFrameRate({ ...rates, times, isInterlaced });
}

function choose(...evidence: Parameters<typeof timingOf>): string {
  return formatRate(timingOf(...evidence).frameRate);
}

test.each([
  ['24/1', '24/1', '24'],
  ['30000/1001', '30000/1001', '30000/1001'],
  ['2997/100', '2997/100', '30000/1001'],
  ['25/2', '25/2', '25/2'],
  ['10/1', '10/1', '10'],
  ['7/1', '7/1', '7'],
  ['23040000/767849', '23040000/767849', '30'],
  ['1/2', '1/2', '1'],
])('a constant rate of %s (%s) stays: %s', (nominal, average, expected) => {
  expect(choose(nominal, average)).toBe(expected);
});

test.each([
  ['120/1', '60'],
  ['120000/1001', '60000/1001'],
  ['100/1', '50'],
  ['144/1', '48'],
  ['240/1', '60'],
])('more than 60 is divided evenly: %s becomes %s', (rate, expected) => {
  expect(choose(rate, rate)).toBe(expected);
});

test('a phone that wavers around 30 gets 30', () => {
  const times = Array.from({ length: 100 }, (_, i) => i / 30 + (i % 4 === 1 ? 0.002 : 0));
  expect(choose('90000/1', '2948/100', times)).toBe('30');
});

test('24 frames a second that later turn into few keep the finer grid', () => {
  const lively = Array.from({ length: 48 }, (_, i) => i / 24);
  const slow = Array.from({ length: 20 }, (_, i) => 2 + i / 4.8);
  expect(choose('24/1', '17/1', [...lively, ...slow])).toBe('24');
});

test('frames in decoding order are put in order first', () => {
  expect(choose('1000/1', '0/0', [0, 0.12, 0.04, 0.08, 0.24, 0.16, 0.2])).toBe('25');
});

test('long and short frames of a telecined film make its own rate', () => {
  const times = [];
  for (let i = 0, field = 0; i < 200; i++, field += i % 2 === 0 ? 2 : 3) times.push((field * 1001) / 60_000);
  expect(timingOf('60000/1001', '24000/1001', times)).toEqual({
    frameRate: ratio(24_000, 1001),
    isEven: false,
  });
});

test('what is said exactly wins over what is said roundly', () => {
  expect(choose('24/1', '24000/1001')).toBe('24000/1001');
  expect(choose('30/1', '899/30')).toBe('30');
});

test('two fields are one frame', () => {
  expect(choose('50/1', '50/1', [], true)).toBe('25');
  expect(choose('60000/1001', '60000/1001', [], true)).toBe('30000/1001');
  expect(choose('25/1', '25/1', [], true)).toBe('25');
});

test('times that were rounded to milliseconds are even; those of a phone are not', () => {
  const rounded = Array.from({ length: 100 }, (_, i) => Math.round((i * 1000) / 24) / 1000);
  expect(timingOf('1000/1', '0/0', rounded)).toEqual({ frameRate: ratio(24, 1), isEven: true });
  const wavering = rounded.map((time, i) => (i % 3 === 0 ? time + 0.005 : time));
  expect(timingOf('1000/1', '0/0', wavering).isEven).toBe(false);
});

test('nothing known means 25', () => {
  expect(choose('0/0', '0/0', [])).toBe('25');
});

test('whatever the evidence, the rate lies between 1 and 60, and frames last whole ticks', () => {
  const anyRatio = fc.option(
    fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 })).map(([a, b]) => ratio(a, b)),
    { nil: undefined },
  );
  const times = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { maxLength: 20 });
  fc.assert(
    fc.property(anyRatio, anyRatio, times, fc.boolean(), (nominal, average, list, isInterlaced) => {
      const { frameRate: rate } = chooseFrameRate({ nominal, average, times: list, isInterlaced });
      expect(decimalOf(rate)).toBeGreaterThanOrEqual(0.999);
      expect(decimalOf(rate)).toBeLessThanOrEqual(60.3);
      expect((timescaleFor(rate) * rate.denominator) % rate.numerator).toBe(0);
    }),
  );
});

test('rates that disagree, or that no camera has, are looked at more closely', () => {
  expect(isConstant({ nominal: ratio(24, 1), average: ratio(24, 1) })).toBe(true);
  expect(isConstant({ nominal: ratio(24, 1), average: ratio(17, 1) })).toBe(false);
  expect(isConstant({ nominal: ratio(1000, 1), average: ratio(1000, 1) })).toBe(false);
  expect(isConstant({ nominal: ratio(24, 1), average: undefined })).toBe(false);
});
