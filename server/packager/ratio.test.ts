/** Exact fractions: lowest terms, and nothing that ffprobe writes for "unknown" is taken for one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalOf, formatRate, parseRatio, ratio } from './ratio.ts';

const whole = fc.integer({ min: 1, max: 1_000_000 });

test('a common factor changes nothing', () => {
  fc.assert(
    fc.property(whole, whole, fc.integer({ min: 1, max: 1000 }), (numerator, denominator, factor) => {
      expect(ratio(numerator * factor, denominator * factor)).toEqual(ratio(numerator, denominator));
    }),
  );
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(whole, whole, (numerator, denominator) => {
      const value = ratio(numerator, denominator);
      expect(parseRatio(`${numerator}/${denominator}`)).toEqual(value);
      expect(Number(formatRate(value).split('/')[0]) / Number(formatRate(value).split('/')[1] ?? 1)).toBe(
        decimalOf(value),
      );
    }),
  );
});

test.each(['0/0', '0:1', '1/0', 'N/A', '', '-1/2', undefined])('%s is no ratio', (text) => {
  expect(parseRatio(text)).toBeUndefined();
});
