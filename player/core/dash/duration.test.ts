import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

test.each([
  ['PT8S', 8],
  ['PT0H1M30.500S', 90.5],
  ['P1DT2H', 93_600],
  ['P0Y0M0DT0H0M16S', 16],
  ['P1Y1M', 365 * 86_400 + 30 * 86_400],
  ['PT.5S', 0.5],
  ['PT1.0010000467300415S', 1.0010000467300415],
  [' PT2S\n', 2],
  ['PT0S', 0],
])('%s is %d seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each([
  '',
  'P',
  'PT',
  '8',
  '8S',
  'PT8',
  'P8S',
  '-PT8S',
  'PT-8S',
  'PT1H2',
  'PT8.S.',
  'eight seconds',
  'PT1e3S',
])('"%s" is no duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test('hours, minutes and seconds add up', () => {
  const part = fc.nat({ max: 100_000 });
  fc.assert(
    fc.property(part, part, part, (hours, minutes, seconds) => {
      expect(parseDuration(`PT${hours}H${minutes}M${seconds}S`)).toBe(hours * 3600 + minutes * 60 + seconds);
    }),
  );
});
