/** Pages: never more than the budget has room for, never the same one twice at a time, and side by side where they can be. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPagePool, PAGE_SIZE, type Run } from './page-pool.ts';

test('as many pages as fit into the budget, each of its own memory', () => {
  const pool = createPagePool(100 * PAGE_SIZE + 1);
  const runs: Run[] = [];
  for (let run = pool.take(1); run; run = pool.take(1)) runs.push(...run);
  for (const [i, { bytes }] of runs.entries()) bytes.fill(i);
  expect([runs.length, pool.used, pool.capacity]).toEqual([100, 100, 100]);
  expect(runs.every(({ bytes }, i) => bytes.length === PAGE_SIZE && bytes.every((byte) => byte === i))).toBe(
    true,
  );
});

test('all or none', () => {
  const pool = createPagePool(10 * PAGE_SIZE);
  const seven = pool.take(7);
  expect([pool.take(4), pool.used]).toEqual([undefined, 7]);
  pool.give(seven ?? []);
  expect([pool.take(10)?.length, pool.used]).toEqual([1, 10]);
});

test('a budget below a page is none', () => {
  expect(createPagePool(PAGE_SIZE - 1).take(1)).toBeUndefined();
});

test('what is used again lies together as it did before', () => {
  const pool = createPagePool(64 * PAGE_SIZE);
  const blocks = Array.from({ length: 4 }, () => pool.take(16) ?? []);
  pool.give(blocks[2] ?? []);
  pool.give(blocks[0] ?? []);
  expect([pool.take(16)?.length, pool.take(16)?.length]).toEqual([1, 1]);
});

test('whatever is taken and given back, no page belongs to two, and runs are of whole pages', () => {
  const step = fc.record({ count: fc.integer({ min: 1, max: 20 }), gives: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const pool = createPagePool(100 * PAGE_SIZE);
      const taken: (readonly Run[])[] = [];
      for (const { count, gives } of steps) {
        const oldest = gives ? taken.shift() : undefined;
        if (oldest) pool.give(oldest);
        const runs = pool.take(count);
        if (runs) taken.push(runs);
        const pages = taken
          .flat()
          .flatMap(({ first, bytes }) =>
            Array.from({ length: bytes.length / PAGE_SIZE }, (_, i) => first + i),
          );
        expect(new Set(pages).size).toBe(pages.length);
        expect(pool.used).toBe(pages.length);
        expect(pages.length).toBeLessThanOrEqual(100);
      }
    }),
    { numRuns: 50 },
  );
});
