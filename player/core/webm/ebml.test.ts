import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StreamingError } from '../errors.ts';
import { elementsIn, findElement, unsignedAt } from './ebml.ts';
import { element, joined, unsigned } from './webm-for-tests.ts';

const ids = fc.constantFrom(0x1a45dfa3, 0x18538067, 0x2ad7b1, 0x4489, 0xbb);

test('elements that were written are found again, whatever the length of their sizes', () => {
  const entry = fc.record({
    id: ids,
    data: fc.uint8Array({ maxLength: 300 }),
    sizeLength: fc.integer({ min: 2, max: 8 }),
  });
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const bytes = joined(...entries.map(({ id, data, sizeLength }) => element(id, data, sizeLength)));
      const read = [...elementsIn(bytes)].map(({ id, contentStart, end }) => ({
        id,
        data: bytes.slice(contentStart, end),
      }));
      expect(read).toEqual(entries.map(({ id, data }) => ({ id, data })));
    }),
  );
});

test('whatever the bytes, walking ends: quietly, or with an error', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      try {
        let last = -1;
        for (const { start } of elementsIn(bytes)) {
          expect(start).toBeGreaterThan(last);
          last = start;
        }
      } catch (error) {
        if (!(error instanceof StreamingError)) throw error;
        expect(error.code).toBe('index-invalid');
      }
    }),
  );
});

test('a size of all ones is not known, and a header that is cut off is not there', () => {
  const unknown = joined(
    unsigned(0x18538067),
    Uint8Array.of(0x01, 255, 255, 255, 255, 255, 255, 255),
    element(0xbb, new Uint8Array(3)),
  );
  const segment = findElement(unknown, 0x18538067);
  expect(segment?.end).toBe(Number.POSITIVE_INFINITY);
  expect(findElement(unknown, 0xbb, segment?.contentStart, segment?.end)?.start).toBe(12);
  expect([...elementsIn(unknown.slice(0, 11))]).toEqual([]);
  expect(findElement(Uint8Array.of(0xbb, 0xff), 0xbb)?.end).toBe(Number.POSITIVE_INFINITY);
});

test('numbers are exact up to 2^53', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      const bytes = unsigned(value, 7);
      expect(unsignedAt(bytes, 0, bytes.byteLength)).toBe(value);
    }),
  );
});
