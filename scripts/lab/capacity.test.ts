import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCapacity, type RateSchedule, scheduleOf } from './capacity.ts';

const schedules = fc.array(
  fc.record({
    duration: fc.double({ min: 0.01, max: 100, noNaN: true }),
    rate: fc.oneof(fc.constant(0), fc.double({ min: 1000, max: 1e8, noNaN: true })),
  }),
  { minLength: 1, maxLength: 12 },
);
const times = fc.double({ min: 0, max: 1000, noNaN: true });

test('a constant rate carries rate × time', () => {
  const capacity = createCapacity(scheduleOf(8_000_000));
  expect(capacity.bytesBy(2.5)).toBe(2_500_000);
  expect(capacity.timeOf(2_500_000)).toBe(2.5);
});

test('steps follow one another and begin again', () => {
  const capacity = createCapacity([
    { duration: 2, rate: 8000 },
    { duration: 1, rate: 80_000 },
  ]);
  expect([1, 2, 2.5, 3, 4, 6].map((time) => capacity.bytesBy(time))).toEqual([
    1000, 2000, 7000, 12_000, 13_000, 24_000,
  ]);
});

test('an outage carries nothing and is waited through', () => {
  const capacity = createCapacity([
    { duration: 1, rate: 8000 },
    { duration: 8, rate: 0 },
    { duration: Number.POSITIVE_INFINITY, rate: 8000 },
  ]);
  expect(capacity.bytesBy(1)).toBe(capacity.bytesBy(9));
  expect(capacity.timeOf(1000)).toBe(1);
  expect(capacity.timeOf(1500)).toBe(9.5);
});

test('what never comes is at infinity', () => {
  const ends: RateSchedule = [
    { duration: 1, rate: 8000 },
    { duration: Number.POSITIVE_INFINITY, rate: 0 },
  ];
  expect(createCapacity(ends).timeOf(1001)).toBe(Number.POSITIVE_INFINITY);
  expect(createCapacity(ends).bytesBy(1e9)).toBe(1000);
  expect(createCapacity(scheduleOf(0)).timeOf(1)).toBe(Number.POSITIVE_INFINITY);
});

test('law: the curve never falls', () => {
  fc.assert(
    fc.property(schedules, times, times, (schedule, a, b) => {
      const { bytesBy } = createCapacity(schedule);
      const [from, to] = [bytesBy(Math.min(a, b)), bytesBy(Math.max(a, b))];
      expect(to).toBeGreaterThanOrEqual(from - 1e-3);
    }),
  );
});

test('law: by timeOf(b) exactly b bytes are carried', () => {
  fc.assert(
    fc.property(schedules, fc.double({ min: 1, max: 1e8, noNaN: true }), (schedule, bytes) => {
      const { bytesBy, timeOf } = createCapacity(schedule);
      const time = timeOf(bytes);
      if (time === Number.POSITIVE_INFINITY) {
        expect(schedule.every((step) => step.rate === 0)).toBe(true);
        return;
      }
      const tolerance = 1 + bytes * 1e-9;
      expect(Math.abs(bytesBy(time) - bytes)).toBeLessThan(tolerance);
      expect(bytesBy(time * (1 - 1e-6) - 1e-6)).toBeLessThanOrEqual(bytes + tolerance);
    }),
  );
});

test('what cannot be a schedule is refused in one sentence', () => {
  expect(() => createCapacity([])).toThrow('at least one step');
  expect(() => createCapacity([{ duration: 0, rate: 1 }])).toThrow('Step 1 of the rate schedule lasts 0 s');
  expect(() => createCapacity(scheduleOf(-1))).toThrow('-1 bit/s');
  expect(() => createCapacity(scheduleOf(Number.POSITIVE_INFINITY))).toThrow('Infinity bit/s');
});
