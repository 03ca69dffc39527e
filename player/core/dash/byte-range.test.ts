import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseByteRange } from './byte-range.ts';

test('a range that was written is read again', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.nat(), (first, more) => {
      const last = Math.min(first + more, Number.MAX_SAFE_INTEGER);
      expect(parseByteRange(`${first}-${last}`)).toEqual({ first, last });
    }),
  );
});

test.each([
  '',
  '-',
  '5',
  '5-',
  '-5',
  '5-4',
  'a-b',
  '0x1-2',
  '1-2-3',
  '1.0-2',
  '0-9007199254740992',
  '0-1,3-4',
])('"%s" is no range', (text) => {
  expect(parseByteRange(text)).toBeUndefined();
});
