import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSample, estimateThroughput, NO_THROUGHPUT, type ThroughputSample } from './throughput.ts';

const MBIT = 1e6;

function flow(rate: number, seconds: number, short = false, idle = 0): ThroughputSample {
  return { bytes: (rate * seconds) / 8, seconds, idle, short };
}

function after(...samples: ThroughputSample[]): number {
  return estimateThroughput(samples.reduce((state, sample) => addSample(state, sample), NO_THROUGHPUT)) ?? 0;
}

function repeat(count: number, sample: ThroughputSample): ThroughputSample[] {
  return Array.from({ length: count }, () => sample);
}

test('nothing seen, nothing claimed', () => {
  expect(estimateThroughput(NO_THROUGHPUT)).toBeUndefined();
});

test('law: constant input x is estimated as x', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e3, max: 1e9, noNaN: true }),
      fc.integer({ min: 1, max: 60 }),
      (rate, n) => {
        expect(after(...repeat(n, flow(rate, 0.25))) / rate).toBeCloseTo(1, 9);
      },
    ),
  );
});

test('law: the estimate lies between the least and the greatest sample', () => {
  const samples = fc.array(
    fc.record({
      rate: fc.double({ min: 1e3, max: 1e9, noNaN: true }),
      seconds: fc.double({ min: 0.01, max: 5, noNaN: true }),
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(samples, (list) => {
      const estimate = after(...list.map((s) => flow(s.rate, s.seconds)));
      const rates = list.map((s) => s.rate);
      expect(estimate).toBeGreaterThanOrEqual(Math.min(...rates) * 0.999999);
      expect(estimate).toBeLessThanOrEqual(Math.max(...rates) * 1.000001);
    }),
  );
});

test('Wi-Fi to cellular drops fast, cellular to Wi-Fi rises slowly', () => {
  const wifi = repeat(40, flow(20 * MBIT, 0.5));
  const cellular = repeat(40, flow(2 * MBIT, 0.5));
  const dropped = after(...wifi, ...repeat(8, flow(2 * MBIT, 0.5)));
  const risen = after(...cellular, ...repeat(8, flow(20 * MBIT, 0.5)));
  expect(dropped).toBeLessThan(0.5 * 20 * MBIT);
  expect(risen).toBeLessThan(0.5 * 20 * MBIT);
});

test('a link that is good again is believed after a few segments, although each is there in half a second', () => {
  const bad = repeat(60, flow(0.8 * MBIT, 0.5));
  const good = repeat(4, flow(6 * MBIT, 0.5, false, 3.5));
  expect(after(...bad, ...good)).toBeGreaterThan(0.5 * 6 * MBIT);
});

test('after a pause of an hour one sample is still one sample', () => {
  const known = repeat(60, flow(2 * MBIT, 0.5));
  expect(after(...known, flow(20 * MBIT, 0.1, false, 3600))).toBeLessThan(4 * MBIT);
});

test('one burst out of a buffer does not lift an estimate that is known', () => {
  const known = repeat(10, flow(2 * MBIT, 0.5));
  expect(after(...known, flow(200 * MBIT, 0.01, true))).toBeCloseTo(after(...known), 0);
});

test('while only short transfers are known, they count', () => {
  expect(after(flow(3 * MBIT, 0.05, true))).toBeCloseTo(3 * MBIT, 0);
});

test('samples without bytes or time change nothing', () => {
  expect(addSample(NO_THROUGHPUT, { bytes: 0, seconds: 1, idle: 0, short: false })).toBe(NO_THROUGHPUT);
  expect(addSample(NO_THROUGHPUT, { bytes: 1, seconds: 0, idle: 0, short: false })).toBe(NO_THROUGHPUT);
});
