import { expect, test } from 'vitest';
import type { TimeRange } from '../core/ranges.ts';
import { createInventory } from './inventory.ts';

/** A buffer whose content the test sets. */
function buffer(...initial: TimeRange[]) {
  let ranges = initial;
  const inventory = createInventory(() => ranges);
  return {
    inventory,
    set(...next: TimeRange[]) {
      ranges = next;
    },
  };
}

const segment = (start: number, end: number, representation = 'low') => ({
  start,
  end,
  representation,
  bytes: 1,
});

test('what was appended is held, in the order of time', () => {
  const { inventory } = buffer({ start: 0, end: 12 });
  inventory.add(segment(4, 8));
  inventory.add(segment(0, 4));
  expect(inventory.held().map((s) => s.start)).toEqual([0, 4]);
});

test('what the browser evicted in silence is not held any more', () => {
  const { inventory, set } = buffer({ start: 0, end: 8 });
  inventory.add(segment(0, 4));
  inventory.add(segment(4, 8));
  set({ start: 3.5, end: 8 });
  expect(inventory.held().map((s) => s.start)).toEqual([4]);
});

test('a segment whose media covers only a part of what its index says stays held: asking again would not help', () => {
  const { inventory } = buffer({ start: 1, end: 2 });
  inventory.add(segment(0, 4));
  expect(inventory.held()).toHaveLength(1);
});

test('a hole is held although nothing is buffered there', () => {
  const { inventory } = buffer();
  inventory.add({ start: 4, end: 8, bytes: 0 });
  expect(inventory.held()).toHaveLength(1);
});

test('the same place in another representation takes the place of the first', () => {
  const { inventory } = buffer({ start: 0, end: 8 });
  inventory.add(segment(0, 4, 'low'));
  inventory.add(segment(0.01, 4.02, 'high'));
  expect(inventory.held().map((s) => s.representation)).toEqual(['high']);
});
