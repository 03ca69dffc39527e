/** Shots: inside the film, apart from each other, easy and hard ones, where scenes begin, and always the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseShots, type Shot } from './choose-shots.ts';
import type { Packet } from './packet-sizes.ts';

function shotsOf(duration: number, packets: readonly Packet[], framesPerSecond = 25): readonly Shot[] {
  return chooseShots({ duration, packets, framesPerSecond }).shots;
}

/** One frame each half second. */
function filmOf(
  seconds: number,
  bytesAt: (time: number) => number,
  syncAt: readonly number[] = [],
): Packet[] {
  return Array.from({ length: seconds * 2 }, (_, i) => {
    const time = i / 2;
    return { time, bytes: bytesAt(time), isSync: syncAt.includes(time) };
  });
}

test('a film of two parts has shots in both, hardest last', () => {
  const shots = shotsOf(
    120,
    filmOf(120, (time) => (time < 60 ? 100 : 1000)),
  );
  expect(shots.map(({ duration }) => duration)).toEqual([2, 2, 2]);
  expect(shots[0]?.start).toBeLessThan(60);
  expect(shots.at(-1)?.start).toBeGreaterThanOrEqual(60);
});

test('the hardest part of the film is told in times of the hardest shot', () => {
  const film = filmOf(120, (time) => (time >= 60 && time < 64 ? 3000 : 1000));
  expect(chooseShots({ duration: 120, packets: film, framesPerSecond: 25 }).hardest).toBeCloseTo(3, 9);
  expect(chooseShots({ duration: 120, packets: [], framesPerSecond: 25 }).hardest).toBe(1);
});

test('few frames a second make longer shots', () => {
  expect(shotsOf(120, [], 5).map(({ duration }) => duration)).toEqual([4, 4, 4]);
});

test('a shot begins where a scene does', () => {
  const syncs = [1, 13, 25, 37, 49, 61, 73, 85, 97, 109];
  const shots = shotsOf(
    120,
    filmOf(120, (time) => (syncs.includes(time) ? 900 : 100), syncs),
  );
  expect(syncs).toContain(shots.at(-1)?.start);
});

test('more film, more and longer shots, up to a limit', () => {
  const sampled = [30, 60, 120, 240, 7200].map((seconds) =>
    shotsOf(seconds, []).map(({ duration }) => duration),
  );
  expect(sampled).toEqual([[1, 1, 1], [1, 1, 1], [2, 2, 2], Array(6).fill(2), Array(6).fill(2)]);
});

const packet = fc.record({
  time: fc.double({ min: 0, max: 400, noNaN: true }),
  bytes: fc.integer({ min: 0, max: 1_000_000 }),
  isSync: fc.boolean(),
});

test('for any film: at least one shot, within the film, none on top of another, the same each time', () => {
  const duration = fc.double({ min: 0.05, max: 400, noNaN: true });
  fc.assert(
    fc.property(duration, fc.array(packet, { maxLength: 200 }), (seconds, packets) => {
      const ordered = [...packets].sort((a, b) => a.time - b.time);
      const shots = shotsOf(seconds, ordered);
      expect(shots.length).toBeGreaterThan(0);
      expect(shots).toEqual(shotsOf(seconds, ordered));
      const inTime = [...shots].sort((a, b) => a.start - b.start);
      let end = -1e-6;
      for (const shot of inTime) {
        expect(shot.duration).toBeGreaterThan(0);
        expect(shot.start).toBeGreaterThanOrEqual(end - 1e-6);
        end = shot.start + shot.duration;
      }
      expect(end).toBeLessThanOrEqual(seconds + 1e-6);
    }),
  );
});
