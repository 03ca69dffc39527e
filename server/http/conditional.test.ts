/** Conditional requests: comparison and precedence of RFC 9110 §13, case by case. */

import type { IncomingHttpHeaders } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ConditionOutcome, checkConditions, isRangeCurrent } from './conditional.ts';

const BEFORE = 'Sun, 06 Nov 1994 08:49:36 GMT';
const EXACT = 'Sun, 06 Nov 1994 08:49:37 GMT';
const AFTER = 'Sun, 06 Nov 1994 08:49:38 GMT';
const current = { etag: '"abc"', modified: 784111777 };

const CASES: readonly [IncomingHttpHeaders, ConditionOutcome][] = [
  [{}, 'met'],
  [{ 'if-none-match': '"abc"' }, 'not-modified'],
  [{ 'if-none-match': 'W/"abc"' }, 'not-modified'],
  [{ 'if-none-match': '*' }, 'not-modified'],
  [{ 'if-none-match': '"x", W/"y" ,"abc"' }, 'not-modified'],
  [{ 'if-none-match': ',, "x","abc"' }, 'not-modified'],
  [{ 'if-none-match': '"a,b", "abc"' }, 'not-modified'],
  [{ 'if-none-match': '"x"' }, 'met'],
  [{ 'if-none-match': 'abc' }, 'met'],
  [{ 'if-none-match': '"ab' }, 'met'],
  [{ 'if-none-match': '"xabc"' }, 'met'],
  [{ 'if-none-match': '"x, \\"abc\\""' }, 'met'],
  [{ 'if-none-match': 'w/"abc"' }, 'met'],
  [{ 'if-none-match': '' }, 'met'],
  [{ 'if-modified-since': EXACT }, 'not-modified'],
  [{ 'if-modified-since': AFTER }, 'not-modified'],
  [{ 'if-modified-since': BEFORE }, 'met'],
  [{ 'if-modified-since': 'yesterday' }, 'met'],
  [{ 'if-none-match': '"x"', 'if-modified-since': EXACT }, 'met'],
  [{ 'if-none-match': '"abc"', 'if-modified-since': BEFORE }, 'not-modified'],
  [{ 'if-match': '"abc"' }, 'met'],
  [{ 'if-match': '*' }, 'met'],
  [{ 'if-match': '"x", "abc"' }, 'met'],
  [{ 'if-match': 'W/"abc"' }, 'failed'],
  [{ 'if-match': '"x"' }, 'failed'],
  [{ 'if-match': 'abc' }, 'failed'],
  [{ 'if-unmodified-since': EXACT }, 'met'],
  [{ 'if-unmodified-since': AFTER }, 'met'],
  [{ 'if-unmodified-since': BEFORE }, 'failed'],
  [{ 'if-unmodified-since': 'junk' }, 'met'],
  [{ 'if-match': '"abc"', 'if-unmodified-since': BEFORE }, 'met'],
  [{ 'if-match': '"x"', 'if-none-match': '"abc"' }, 'failed'],
  [{ 'if-match': '"abc"', 'if-none-match': '"abc"' }, 'not-modified'],
  [{ 'if-unmodified-since': BEFORE, 'if-none-match': '"abc"' }, 'failed'],
];

test.each(CASES)('%o → %s', (headers, expected) => {
  expect(checkConditions(headers, current)).toBe(expected);
});

test('without a date of its own an object ignores date conditions', () => {
  const undated = { etag: '"abc"' };
  expect(checkConditions({ 'if-modified-since': AFTER }, undated)).toBe('met');
  expect(checkConditions({ 'if-unmodified-since': BEFORE }, undated)).toBe('met');
  expect(isRangeCurrent(EXACT, undated)).toBe(false);
});

test.each([
  [undefined, true],
  ['"abc"', true],
  [EXACT, true],
  ['Sun Nov  6 08:49:37 1994', true],
  ['W/"abc"', false],
  ['"x"', false],
  ['"x", "abc"', false],
  ['"abc", "x"', false],
  ['abc', false],
  ['*', false],
  ['', false],
  [BEFORE, false],
  [AFTER, false],
])('If-Range %s lets a range through: %s', (ifRange, expected) => {
  expect(isRangeCurrent(ifRange, current)).toBe(expected);
});

test('no header, however odd, makes it throw', () => {
  const value = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'W/"abc",* \t\\'.split('')) }));
  const headers = fc.record(
    { 'if-match': value, 'if-none-match': value, 'if-modified-since': value, 'if-unmodified-since': value },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(headers, value, (some, ifRange) => {
      expect(['met', 'not-modified', 'failed']).toContain(checkConditions(some, current));
      expect(typeof isRangeCurrent(ifRange, current)).toBe('boolean');
    }),
    { numRuns: 2000 },
  );
});
