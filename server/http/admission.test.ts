/** Who leaves when it is full: the idle before the busy, the greedy before the modest, and somebody always. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAdmission, type Guest } from './admission.ts';

interface Member extends Guest {
  readonly name: string;
  isAnswering: boolean;
}

const idle = (address: string, name = address): Member => ({ address, name, isAnswering: false });
const busy = (address: string, name = address): Member => ({ address, name, isAnswering: true });

function fill(most: number, members: readonly Member[]) {
  const admission = createAdmission<Member>(most);
  for (const member of members) expect(admission.admit(member)).toBeUndefined();
  return admission;
}

const times = (count: number, make: (name: string) => Member) =>
  Array.from({ length: count }, (_, i) => make(`${i}`));

test('as long as there is room nobody leaves', () => {
  expect(fill(3, [busy('a'), busy('b'), idle('a')]).count).toBe(3);
});

test('one address with many connections cannot keep another out, even when all of them are being answered', () => {
  const admission = fill(
    10,
    times(10, (name) => busy('greedy', name)),
  );
  expect(admission.admit(busy('viewer'))?.name).toBe('0');
  expect(admission.admit(busy('viewer'))?.name).toBe('1');
  expect(admission.count).toBe(10);
});

test('idle connections of whoever has too many go first', () => {
  const greedy = times(9, (name) => busy('greedy', name));
  const [, , , , late] = greedy;
  if (late) late.isAnswering = false;
  const admission = fill(10, [idle('other'), ...greedy]);
  expect(admission.admit(busy('viewer'))).toBe(late);
});

test('whoever has its share already pays for its own newcomers', () => {
  const admission = fill(4, [idle('a', 'old'), busy('a'), busy('b'), busy('b')]);
  expect(admission.admit(busy('a'))?.name).toBe('old');
  const newcomer = idle('a', 'new');
  expect(admission.admit(newcomer)).toBe(newcomer);
});

test('where all have the same, an idle one gives way, and a newcomer stays out when nobody is idle', () => {
  const members = times(10, (name) => busy(name));
  const admission = fill(10, members);
  const first = busy('x');
  expect(admission.admit(first)).toBe(first);
  const [, , third] = members;
  if (third) third.isAnswering = false;
  expect(admission.admit(first)).toBe(third);
});

test('it never holds more than it may, and forgets who left', () => {
  const step = fc.record({
    address: fc.constantFrom('a', 'b', 'c'),
    isAnswering: fc.boolean(),
    leaves: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(step, { maxLength: 60 }), (most, steps) => {
      const admission = createAdmission<Member>(most);
      const inside = new Set<Member>();
      for (const { address, isAnswering, leaves } of steps) {
        const [oldest] = inside;
        if (leaves && oldest) {
          admission.leave(oldest);
          inside.delete(oldest);
        }
        const newcomer = { address, isAnswering, name: address };
        const wasFull = inside.size === most;
        const loser = admission.admit(newcomer);
        inside.add(newcomer);
        if (loser) inside.delete(loser);
        expect(loser !== undefined).toBe(wasFull);
        expect([...admission.members()]).toEqual([...inside]);
        expect(admission.count).toBeLessThanOrEqual(most);
      }
    }),
  );
});
