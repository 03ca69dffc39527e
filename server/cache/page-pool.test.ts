/** Pages: never more than the budget has room for, never the same one twice at a time. */
import { expect, test } from 'vitest';
import { createPagePool, PAGE_SIZE } from './page-pool.ts';

test('as many pages as fit into the budget, each of its own memory', () => {
  const pool = createPagePool(100 * PAGE_SIZE + 1);
  const pages: Buffer[] = [];
  for (let page = pool.take(); page; page = pool.take()) pages.push(page.fill(pages.length));
  expect([pages.length, pool.used, pool.capacity]).toEqual([100, 100, 100]);
  expect(pages.every((page, i) => page.length === PAGE_SIZE && page.every((byte) => byte === i))).toBe(true);
});

test('what is given back is used again before more memory is', () => {
  const pool = createPagePool(2 * PAGE_SIZE);
  const first = pool.take();
  const second = pool.take();
  if (!first || !second) throw new Error('There are two pages.');
  pool.give(first);
  expect(pool.used).toBe(1);
  expect(pool.take()).toBe(first);
  expect(pool.take()).toBeUndefined();
});

test('a budget below a page is none', () => {
  expect(createPagePool(PAGE_SIZE - 1).take()).toBeUndefined();
});
