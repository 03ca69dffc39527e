/** Replacing a worker: the first at once, and ever more slowly when the new ones do not last either. */
import { expect, test } from 'vitest';
import { countShortLives, DEFAULT_RESTART_CONFIG, restartDelayMs } from './restart-delay.ts';

test('short lives in a row make the next wait longer, up to a limit', () => {
  let shortLives = 0;
  const delays = Array.from({ length: 9 }, () => {
    shortLives = countShortLives(shortLives, 100);
    return restartDelayMs(shortLives);
  });
  expect(delays).toEqual([0, 500, 1000, 2000, 4000, 8000, 10_000, 10_000, 10_000]);
});

test('a sound life forgives', () => {
  expect(countShortLives(7, DEFAULT_RESTART_CONFIG.soundLifeMs)).toBe(0);
  expect(restartDelayMs(0)).toBe(0);
});
