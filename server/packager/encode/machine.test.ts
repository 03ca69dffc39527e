/** How much at once: every core used, no more memory than there is, and no more threads than help. */
import { expect, test } from 'vitest';
import { loadFor } from './machine.ts';

const GIBIBYTE = 2 ** 30;
const hd = [1080, 720, 540, 432, 360, 234].map((height) => ({
  id: `${height}`,
  codec: 'h264' as const,
  width: (height * 16) / 9,
  height,
  rate: { kind: 'cbr' as const, rate: 1 },
}));

const loadOn = (cores: number, memory: number, duration: number | undefined) =>
  loadFor({ cores, memory: memory * GIBIBYTE }, hd, { duration, chunkSeconds: 60 });

test('a small machine works on as many chunks as it has cores, each encoder on one thread', () => {
  expect(loadOn(2, 8, 3600)).toEqual({ parallel: 2, threads: 1, chunkSeconds: 60 });
});

test('a short film is cut into shorter chunks, so that all cores have one, but not into crumbs', () => {
  expect(loadOn(2, 8, 70)).toMatchObject({ parallel: 2, chunkSeconds: 35 });
  expect(loadOn(16, 64, 70)).toMatchObject({ chunkSeconds: 16 });
});

test('memory bounds what is done at once', () => {
  expect(loadOn(32, 4, 7200).parallel).toBeLessThan(4);
  expect(loadOn(32, 0.1, 7200).parallel).toBe(1);
});

test('cores that no chunk is left for become threads', () => {
  expect(loadOn(32, 128, 10).threads).toBe(5);
  expect(loadOn(32, 128, 7200).threads).toBe(1);
  expect(loadOn(32, 128, undefined).threads).toBe(5);
});
