/** Who leaves: not what is asked for again and again, whatever passes through once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createS3Fifo, type Ranked } from './s3-fifo.ts';

interface Item extends Ranked<Item> {
  readonly name: string;
  isHeld: boolean;
  isInside: boolean;
}

/** A cache of `capacity` members that keeps nothing but their names. */
function createNames(capacity: number) {
  const items = new Map<string, Item>();
  const policy = createS3Fifo<Item>({
    sizeOf: () => 1,
    isHeld: ({ isHeld }) => isHeld,
    onForgotten: ({ name }) => items.delete(name),
  });
  const inside = (): Item[] => [...items.values()].filter(({ isInside }) => isInside);

  /** True for a hit; a miss brings it in if there is room. */
  function ask(name: string): boolean {
    const known = items.get(name);
    if (known?.isInside) {
      policy.use(known);
      return true;
    }
    while (inside().length >= capacity) {
      const victim = policy.evict();
      if (!victim) return false;
      victim.isInside = false;
    }
    const item = items.get(name) ?? {
      ...{ name, isHeld: false, isInside: false },
      ...{ queue: undefined, uses: 0, older: undefined, newer: undefined },
    };
    items.set(name, item);
    item.isInside = true;
    policy.admit(item);
    return false;
  }

  return { ask, inside, items };
}

test('a long film that is read once does not drive out what everybody watches', () => {
  const cache = createNames(100);
  const popular = Array.from({ length: 50 }, (_, i) => `popular-${i}`);
  for (let i = 0; i < 4; i++) for (const name of popular) cache.ask(name);
  for (let i = 0; i < 1000; i++) cache.ask(`long-${i}`);
  expect(popular.filter((name) => cache.ask(name))).toHaveLength(50);
});

test('when tastes change the old ones go', () => {
  const cache = createNames(100);
  const watch = (prefix: string, times: number) => {
    let hits = 0;
    for (let i = 0; i < times; i++) if (cache.ask(`${prefix}-${i % 80}`)) hits += 1;
    return hits;
  };
  watch('old', 2000);
  watch('new', 2000);
  expect(watch('new', 80)).toBe(80);
});

test('what left and is asked for again stays longer than what is new', () => {
  const cache = createNames(10);
  for (let i = 0; i < 15; i++) cache.ask(`${i}`);
  expect(cache.ask('8')).toBe(true);
  expect(cache.ask('4')).toBe(false);
  for (let i = 0; i < 12; i++) cache.ask(`scan-${i}`);
  expect(cache.ask('4')).toBe(true);
  expect(cache.ask('14')).toBe(false);
});

test('what is held never leaves; when all are held, nobody does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: fc.nat({ max: 30 }), isHeld: fc.boolean() }), { maxLength: 200 }),
      (steps) => {
        const cache = createNames(8);
        for (const { name, isHeld } of steps) {
          const held = cache.inside().filter((item) => item.isHeld);
          cache.ask(`${name}`);
          const now = cache.inside();
          expect(now.length).toBeLessThanOrEqual(8);
          expect(held.every((item) => item.isInside)).toBe(true);
          const item = cache.items.get(`${name}`);
          if (item?.isInside) item.isHeld = isHeld;
        }
        expect(cache.items.size).toBeLessThanOrEqual(2 * 8);
      },
    ),
  );
});
