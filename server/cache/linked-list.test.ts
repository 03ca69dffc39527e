/** The list keeps the order of an array that is done the same to. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLinkedList, type Linked } from './linked-list.ts';

interface Item extends Linked<Item> {
  readonly name: number;
}

test('adding and leaving from anywhere', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 }), { maxLength: 60 }), (names) => {
      const list = createLinkedList<Item>();
      const items = new Map<number, Item>();
      const model: number[] = [];
      for (const name of names) {
        const item = items.get(name);
        if (item) {
          list.remove(item);
          items.delete(name);
          model.splice(model.indexOf(name), 1);
        } else {
          const added: Item = { name, older: undefined, newer: undefined };
          list.add(added);
          items.set(name, added);
          model.push(name);
        }
        expect(namesOf(list.oldest)).toEqual(model);
        expect(list.length).toBe(model.length);
      }
    }),
  );
});

function namesOf(oldest: Item | undefined): number[] {
  const names: number[] = [];
  for (let item = oldest; item; item = item.newer) names.push(item.name);
  return names;
}
