/** A minute has sixty seconds, also after rounding. */
import { expect, test } from 'vitest';
import { clock } from './clock.ts';

test.each([
  [0, '0:00'],
  [59.6, '1:00'],
  [65, '1:05'],
  [7384, '2:03:04'],
])('%f seconds are %s', (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});
