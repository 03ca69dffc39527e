import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bucketAt, idleBottleneck, nextServiceAt, PACKET, serve, share } from './bottleneck.ts';
import { createCapacity, scheduleOf } from './capacity.ts';

const rates = fc.array(
  fc.record({
    duration: fc.double({ min: 0.05, max: 5, noNaN: true }),
    rate: fc.oneof(fc.constant(0), fc.integer({ min: 50_000, max: 100_000_000 })),
  }),
  { minLength: 1, maxLength: 6 },
);

/** What arrives where, and how long after the one before the link is looked at. */
const arrivals = fc.array(
  fc.record({
    pause: fc.double({ min: 0, max: 0.3, noNaN: true }),
    flow: fc.integer({ min: 0, max: 2 }),
    bytes: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 200_000 })),
  }),
  { maxLength: 60 },
);

test('law: between any two services no more passes than rate × time and a bucket', () => {
  fc.assert(
    fc.property(rates, arrivals, (schedule, steps) => {
      const capacity = createCapacity(schedule);
      const seen = play(capacity, steps);
      for (const [i, from] of seen.entries()) {
        for (const to of seen.slice(i + 1)) {
          const carried = capacity.bytesBy(to.at) - capacity.bytesBy(from.at);
          expect(to.passed - from.passed).toBeLessThanOrEqual(carried + bucketAt(from.at, capacity) + 1);
        }
      }
    }),
  );
});

test('law: while something waits, all that the link can carry passes, but for a packet', () => {
  fc.assert(
    fc.property(rates, arrivals, (schedule, steps) => {
      const capacity = createCapacity(schedule);
      const greedy = steps.map((step) => ({ ...step, bytes: 200_000_000 }));
      for (const { at, passed } of play(capacity, greedy).slice(1)) {
        expect(passed).toBeGreaterThan(
          capacity.bytesBy(at) - capacity.bytesBy(firstArrival(greedy)) - PACKET - 1,
        );
      }
    }),
  );
});

test('law: shares are whole, fair, within what waits, and leave nothing unused', () => {
  const backlogs = fc.array(fc.nat(5000), { maxLength: 8 });
  fc.assert(
    fc.property(fc.nat(20_000), backlogs, (bytes, waiting) => {
      const grants = share(bytes, waiting);
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
      expect(sum(grants)).toBe(Math.min(bytes, sum(waiting)));
      grants.forEach((grant, i) => {
        const wanted = waiting[i] ?? 0;
        expect(Number.isInteger(grant) && grant >= 0 && grant <= wanted).toBe(true);
        if (grant < wanted) for (const other of grants) expect(other).toBeLessThanOrEqual(grant + 1);
      });
    }),
  );
});

test('two that download together each get a half; one that leaves frees its half at once', () => {
  const capacity = createCapacity(scheduleOf(8_000_000));
  const both = serve({ at: 1, credit: 0, busy: true }, { now: 2, capacity, backlogs: [5e6, 5e6] });
  expect(both.grants).toEqual([500_000, 500_000]);
  const alone = serve(both.state, { now: 3, capacity, backlogs: [5e6] });
  expect(alone.grants).toEqual([1_000_000]);
});

test('an idle link saves a bucket, not the time it was idle', () => {
  const capacity = createCapacity(scheduleOf(8_000_000));
  const { grants } = serve(idleBottleneck(0), { now: 60, capacity, backlogs: [1e6] });
  expect(grants).toEqual([5000]);
});

test('a late timer loses nothing', () => {
  const capacity = createCapacity(scheduleOf(8_000_000));
  const { grants } = serve({ at: 0, credit: 0, busy: true }, { now: 0.4, capacity, backlogs: [1e6] });
  expect(grants).toEqual([400_000]);
});

test('a slow link waits for a whole packet, and for less only when less waits', () => {
  const capacity = createCapacity(scheduleOf(80_000));
  const state = { at: 1, credit: 0, busy: true };
  expect(serve(state, { now: 1.1, capacity, backlogs: [9000] }).grants).toEqual([0]);
  expect(nextServiceAt(state, capacity, 9000)).toBeCloseTo(1.15, 9);
  expect(nextServiceAt(state, capacity, 100)).toBeCloseTo(1.01, 9);
  expect(nextServiceAt(state, capacity, 0)).toBe(Number.POSITIVE_INFINITY);
});

test('at rate 0 there is nothing to wait for', () => {
  const capacity = createCapacity(scheduleOf(0));
  expect(nextServiceAt({ at: 1, credit: 0, busy: true }, capacity, 9000)).toBe(Number.POSITIVE_INFINITY);
});

type Step = { readonly pause: number; readonly flow: number; readonly bytes: number };

function firstArrival(steps: readonly Step[]): number {
  return steps[0]?.pause ?? 0;
}

/** Cumulative bytes after each service. */
function play(
  capacity: ReturnType<typeof createCapacity>,
  steps: readonly Step[],
): { at: number; passed: number }[] {
  const backlogs = [0, 0, 0];
  let state = idleBottleneck(0);
  let passed = 0;
  let now = 0;
  const seen = [{ at: 0, passed: 0 }];
  for (const { pause, flow, bytes } of steps) {
    now += pause;
    backlogs[flow] = (backlogs[flow] ?? 0) + bytes;
    const service = serve(state, { now, capacity, backlogs });
    service.grants.forEach((grant, i) => {
      backlogs[i] = (backlogs[i] ?? 0) - grant;
      passed += grant;
    });
    state = service.state;
    seen.push({ at: now, passed });
  }
  return seen;
}
