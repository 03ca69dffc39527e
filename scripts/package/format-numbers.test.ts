/** Numbers for people: no unit is wrong at the edges, and nothing is said to be done before it is. */
import { expect, test } from 'vitest';
import { kilobits, megabytes, percent } from './format-numbers.ts';

test('percents are not rounded up', () => {
  expect([0, 0.29, 0.999, 1].map(percent)).toEqual([0, 29, 99, 100]);
});

test('sizes and rates', () => {
  expect([0, 4_000, 999_000, 12_340_000].map(megabytes)).toEqual([
    '0.00 MB',
    '0.00 MB',
    '1.00 MB',
    '12.3 MB',
  ]);
  expect(kilobits(1_646_090)).toBe('1646 kbit/s');
});
