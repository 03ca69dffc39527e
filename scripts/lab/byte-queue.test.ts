import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createByteQueue } from './byte-queue.ts';

const chunks = fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 20 });

test('law: what goes in comes out, in order and whole, whatever the sizes asked for', () => {
  fc.assert(
    fc.property(chunks, fc.array(fc.integer({ min: 0, max: 70 })), (pushed, sizes) => {
      const queue = createByteQueue();
      for (const chunk of pushed) queue.push(chunk);
      const all = Buffer.concat(pushed);
      const taken: Uint8Array[] = [];
      for (const size of [...sizes, all.length]) {
        const before = queue.bytes;
        const pieces = queue.take(size);
        expect(Buffer.concat(pieces).length).toBe(Math.min(size, before));
        expect(queue.bytes).toBe(before - Math.min(size, before));
        taken.push(...pieces);
      }
      expect(Buffer.concat(taken).equals(all)).toBe(true);
    }),
  );
});

test('cleared, nothing is left', () => {
  const queue = createByteQueue();
  queue.push(new Uint8Array(10));
  queue.clear();
  expect(queue.bytes).toBe(0);
  expect(queue.take(5)).toEqual([]);
});
