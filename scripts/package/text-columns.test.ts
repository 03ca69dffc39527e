/** Text on a terminal: what is wide counts twice, what is cut says so, and nothing moves the cursor. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignColumns, columnsOf, fitColumns } from './text-columns.ts';

test('letters take one column, Chinese and emoji two, marks none', () => {
  expect(columnsOf('film')).toBe(4);
  expect(columnsOf('東京')).toBe(4);
  expect(columnsOf('🎬')).toBe(2);
  expect(columnsOf('e\u0301')).toBe(1);
});

test('whatever the text, it fits, and stands on one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(30), (text, columns) => {
      const fitted = fitColumns(text, columns);
      expect(columnsOf(fitted)).toBeLessThanOrEqual(columns);
      expect(fitted).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test('what is cut off says so', () => {
  expect(fitColumns('big buck bunny', 8)).toBe('big buc…');
  expect(fitColumns('東京物語', 6)).toBe('東京…');
});

test('columns stand under each other, numbers to the right', () => {
  expect(
    alignColumns(
      [
        ['a', '東', '1'],
        ['long', 'b', '100'],
      ],
      new Set([2]),
    ),
  ).toEqual(['a     東    1', 'long  b   100']);
});
