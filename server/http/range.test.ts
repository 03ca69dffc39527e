/** The Range header: the cases of RFC 9110 §14 as a table, and laws for whatever a client may write. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contentRange, parseRange, rangeLength } from './range.ts';

const FULL = 'full';
const UNSATISFIABLE = 'unsatisfiable';

/** Header, size, and what follows: the ranges as `first-last`, or the kind. */
const CASES: readonly [string | undefined, number, string][] = [
  [undefined, 1000, FULL],
  ['', 1000, FULL],
  ['bytes=0-499', 1000, '0-499'],
  ['bytes=500-999', 1000, '500-999'],
  ['bytes=0-0', 1000, '0-0'],
  ['bytes=999-999', 1000, '999-999'],
  ['bytes=999-', 1000, '999-999'],
  ['bytes=0-', 1000, '0-999'],
  ['bytes=900-5000', 1000, '900-999'],
  ['bytes=900-99999999999999999999999', 1000, '900-999'],
  ['bytes=-1', 1000, '999-999'],
  ['bytes=-300', 1000, '700-999'],
  ['bytes=-1000', 1000, '0-999'],
  ['bytes=-5000', 1000, '0-999'],
  ['Bytes=0-1', 1000, '0-1'],
  ['bytes=007-008', 1000, '7-8'],
  ['bytes=1000-', 1000, UNSATISFIABLE],
  ['bytes=1000-2000', 1000, UNSATISFIABLE],
  ['bytes=99999999999999999999999-', 1000, UNSATISFIABLE],
  ['bytes=-0', 1000, UNSATISFIABLE],
  ['bytes=1000-1001,2000-', 1000, UNSATISFIABLE],
  ['bytes=0-', 0, UNSATISFIABLE],
  ['bytes=-0', 0, UNSATISFIABLE],
  ['bytes=-5', 0, FULL],
  ['bytes=50-10', 1000, FULL],
  ['bytes=', 1000, FULL],
  ['bytes=,', 1000, FULL],
  ['bytes=-', 1000, FULL],
  ['bytes=--5', 1000, FULL],
  ['bytes=5', 1000, FULL],
  ['bytes=0x1-0x9', 1000, FULL],
  ['bytes=1.5-9', 1000, FULL],
  ['bytes=+1-9', 1000, FULL],
  ['bytes=0-9junk', 1000, FULL],
  ['bytes=1e1-20', 1000, FULL],
  ['bytes=０-１', 1000, FULL],
  ['bytes 0-9', 1000, FULL],
  ['bytes=0 - 9', 1000, FULL],
  ['bytes= 0-9', 1000, FULL],
  ['bytes=0-9,\u00a0500-509', 1000, FULL],
  ['bytes=90071992547409931-90071992547409930', 1000, FULL],
  ['bytes=90071992547409930-90071992547409931', 1000, UNSATISFIABLE],
  ['items=0-9', 1000, FULL],
  ['bytes=0-9, junk', 1000, FULL],
  ['bytes=0-9, 50-10', 1000, FULL],
  ['bytes=0-9,500-509', 1000, '0-9 500-509'],
  ['bytes=0-9 ,\t500-509', 1000, '0-9 500-509'],
  ['bytes=,0-9,,500-509,', 1000, '0-9 500-509'],
  ['bytes=500-509,0-9', 1000, '500-509 0-9'],
  ['bytes=0-9,2000-', 1000, '0-9'],
  ['bytes=-10,0-9', 1000, '990-999 0-9'],
  ['bytes=0-99,50-149', 1000, '0-149'],
  ['bytes=0-99,100-199', 1000, '0-199'],
  ['bytes=0-9,90-99', 1000, '0-99'],
  ['bytes=0-9,91-99', 1000, '0-9 91-99'],
  ['bytes=0-,0-,0-,0-,0-,0-,0-,0-,0-,0-', 1000, '0-999'],
  ['bytes=0-0,100-100,200-200,300-300,400-400,500-500,600-600,700-700', 1000, '8 parts'],
  ['bytes=0-0,100-100,200-200,300-300,400-400,500-500,600-600,700-700,800-800', 1000, FULL],
];

function describeOutcome(header: string | undefined, size: number): string {
  const outcome = parseRange(header, size);
  if (outcome.kind !== 'ranges') return outcome.kind;
  const { ranges } = outcome;
  return ranges.length === 8 ? '8 parts' : ranges.map(({ first, last }) => `${first}-${last}`).join(' ');
}

test.each(CASES)('%s of %i bytes is %s', (header, size, expected) => {
  expect(describeOutcome(header, size)).toBe(expected);
});

test('a gap of 81 bytes is cut out, one of 80 is sent along', () => {
  expect(describeOutcome('bytes=0-9,90-99', 1000)).toBe('0-99');
  expect(describeOutcome('bytes=0-9,91-200', 1000)).toBe('0-9 91-200');
});

test('any single range is the slice that an array would give', () => {
  const position = fc.nat({ max: 2000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1500 }), position, position, (size, a, b) => {
      const [first, last] = a < b ? [a, b] : [b, a];
      const slice = Array.from({ length: size }, (_, i) => i).slice(first, last + 1);
      const expected = slice.length === 0 ? UNSATISFIABLE : `${slice[0]}-${slice.at(-1)}`;
      expect(describeOutcome(`bytes=${first}-${last}`, size)).toBe(expected);
    }),
  );
});

test('several ranges come back disjoint, inside the size, and cover every byte asked for', () => {
  const spec = fc.tuple(fc.nat({ max: 3000 }), fc.nat({ max: 300 }));
  fc.assert(
    fc.property(fc.array(spec, { minLength: 1, maxLength: 20 }), fc.nat({ max: 3000 }), (specs, size) => {
      const header = `bytes=${specs.map(([first, length]) => `${first}-${first + length}`).join(',')}`;
      const outcome = parseRange(header, size);
      if (outcome.kind !== 'ranges') return;
      const sorted = [...outcome.ranges].sort((a, b) => a.first - b.first);
      expect(sorted.length).toBeLessThanOrEqual(8);
      sorted.forEach((range, i) => {
        expect(range.first).toBeLessThanOrEqual(range.last);
        expect(range.last).toBeLessThan(size);
        expect(range.first).toBeGreaterThan(sorted[i - 1]?.last ?? -1);
      });
      for (const [first, length] of specs) {
        const last = Math.min(first + length, size - 1);
        if (first < size) expect(sorted.some((r) => r.first <= first && last <= r.last)).toBe(true);
      }
    }),
  );
});

test('no header, however odd, makes it throw or leave the representation', () => {
  const alphabet = fc.constantFrom(...'bytes=-,0123456789 \t;*x"%'.split(''));
  const header = fc.oneof(
    fc.string(),
    fc.string({ unit: alphabet }),
    fc.string({ unit: alphabet }).map((text) => `bytes=${text}`),
  );
  fc.assert(
    fc.property(header, fc.nat(), (text, size) => {
      const outcome = parseRange(text, size);
      if (outcome.kind !== 'ranges') return;
      for (const range of outcome.ranges) {
        expect(rangeLength(range)).toBeGreaterThan(0);
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.last).toBeLessThan(size);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a header of 8 KiB of one-byte ranges or blanks is read like any other', () => {
  expect(parseRange(`bytes=${'0-0,'.repeat(2000)}`, 1000)).toEqual({
    kind: 'ranges',
    ranges: [{ first: 0, last: 0 }],
  });
  expect(parseRange(`bytes=0-0${' '.repeat(8000)}x`, 1000).kind).toBe('full');
});

test('Content-Range says which bytes of how many, or only how many', () => {
  expect(contentRange({ first: 0, last: 9 }, 1000)).toBe('bytes 0-9/1000');
  expect(contentRange(undefined, 1000)).toBe('bytes */1000');
});
