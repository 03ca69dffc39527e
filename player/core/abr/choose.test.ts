import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ChoiceView, choose } from './choose.ts';

const LADDER = [300e3, 750e3, 1500e3, 3000e3, 6000e3].map((bandwidth, i) => ({ id: `v${i}`, bandwidth }));

function view(over: Partial<ChoiceView>): ChoiceView {
  return { candidates: LADDER, latency: 0.05, buffer: 20, segmentDuration: 4, playbackRate: 1, ...over };
}

test('the first segment is the one that arrives soonest', () => {
  expect(choose(view({ buffer: 0 }))).toEqual({ index: 0, reason: 'start' });
});

test('a link of 4 Mbit/s carries the 3 Mbit/s representation once there is some buffer', () => {
  expect(choose(view({ throughput: 4e6, buffer: 12 })).index).toBe(3);
});

test('an empty buffer counts on less than a full one', () => {
  const empty = choose(view({ throughput: 1.8e6, buffer: 2 }));
  const full = choose(view({ throughput: 1.8e6, buffer: 28 }));
  expect(empty.index).toBeLessThan(full.index);
});

test('near a rung the picture stays: what plays needs less proof than what is higher', () => {
  const link = { throughput: 3.2e6, buffer: 16 };
  expect(choose(view({ ...link, current: 'v3' })).index).toBe(3);
  expect(choose(view({ ...link, current: 'v2' })).index).toBe(2);
});

test('a segment that would eat the buffer is not asked for, however sustainable its rate', () => {
  const candidates = LADDER.map((c) => ({ ...c, size: c.bandwidth * 4 }));
  const choice = choose(view({ candidates, throughput: 4e6, buffer: 5, current: 'v3' }));
  expect(choice.index).toBeLessThan(3);
  expect(choice.reason).toBe('buffer-low');
});

test('a pinned representation is taken whatever the link', () => {
  expect(choose(view({ throughput: 1e5, pinned: 'v4' }))).toEqual({ index: 4, reason: 'pinned' });
  expect(choose(view({ throughput: 1e5, pinned: 'gone' })).reason).not.toBe('pinned');
});

test('twice the speed needs twice the link', () => {
  expect(choose(view({ throughput: 4e6, playbackRate: 2 })).index).toBe(2);
});

const anyView = fc.record({
  throughput: fc.double({ min: 1e3, max: 1e9, noNaN: true }),
  buffer: fc.double({ min: 0, max: 60, noNaN: true }),
  latency: fc.double({ min: 0, max: 2, noNaN: true }),
  current: fc.constantFrom(undefined, 'v0', 'v1', 'v2', 'v3', 'v4'),
});

test('law: a choice is always one of the candidates', () => {
  fc.assert(
    fc.property(anyView, (over) => {
      const { index } = choose(view(over));
      expect(LADDER[index]).toBeDefined();
    }),
  );
});

test('law: more throughput never chooses less', () => {
  fc.assert(
    fc.property(anyView, fc.double({ min: 1, max: 10, noNaN: true }), (over, factor) => {
      const more = choose(view({ ...over, throughput: over.throughput * factor }));
      expect(more.index).toBeGreaterThanOrEqual(choose(view(over)).index);
    }),
  );
});

test('law: more buffer never chooses less', () => {
  fc.assert(
    fc.property(anyView, fc.double({ min: 0, max: 30, noNaN: true }), (over, extra) => {
      const more = choose(view({ ...over, buffer: over.buffer + extra }));
      expect(more.index).toBeGreaterThanOrEqual(choose(view(over)).index);
    }),
  );
});
