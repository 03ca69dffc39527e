/** Dates of HTTP: the three forms of RFC 9110 §5.6.7 and what is none. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatHttpDate, parseHttpDate } from './http-date.ts';

const in2026 = () => Date.UTC(2026, 0, 1) / 1000;

test('the three forms of one moment are read alike', () => {
  expect(parseHttpDate('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(784111777);
  expect(parseHttpDate('Sunday, 06-Nov-94 08:49:37 GMT', in2026)).toBe(784111777);
  expect(parseHttpDate('Sun Nov  6 08:49:37 1994')).toBe(784111777);
});

test('two digits of a year mean the nearest past unless they lie at most 50 years ahead', () => {
  expect(parseHttpDate('Sunday, 06-Nov-76 08:49:37 GMT', in2026)).toBe(
    Date.UTC(2076, 10, 6, 8, 49, 37) / 1000,
  );
  expect(parseHttpDate('Sunday, 06-Nov-77 08:49:37 GMT', in2026)).toBe(
    Date.UTC(1977, 10, 6, 8, 49, 37) / 1000,
  );
});

test.each([
  '',
  '0',
  '784111777',
  '1994-11-06T08:49:37Z',
  'Sun, 06 Nov 1994 08:49:37',
  'Sun, 06 Nov 1994 08:49:37 UTC',
  'Sun, 06 Nov 1994 08:49:37 +0000',
  'Sun, 6 Nov 1994 08:49:37 GMT',
  'sun, 06 nov 1994 08:49:37 gmt',
  'Sun, 31 Feb 1994 08:49:37 GMT',
  'Sun, 00 Feb 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 24:00:00 GMT',
  'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
])('"%s" is no date', (text) => {
  expect(parseHttpDate(text)).toBeUndefined();
});

test('every whole second survives being written and read', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253402300799 }), (seconds) => {
      expect(parseHttpDate(formatHttpDate(seconds))).toBe(seconds);
    }),
  );
});
