import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { createDelayLine } from './delay-line.ts';

const now = (): number => performance.now();

test('items arrive in order, each no earlier than its delay', async () => {
  const sent: number[] = [];
  const arrived: { item: number; after: number }[] = [];
  await new Promise<void>((done) => {
    const line = createDelayLine<number>({
      delayMs: 20,
      now,
      deliver(item) {
        arrived.push({ item, after: now() - (sent[item] ?? 0) });
        if (item < 3) send(item + 2);
        if (item === 4) done();
      },
    });
    const send = (item: number): void => {
      sent[item] = now();
      line.push(item);
    };
    send(0);
    send(1);
  });
  expect(arrived.map(({ item }) => item)).toEqual([0, 1, 2, 3, 4]);
  for (const { after } of arrived) expect(after).toBeGreaterThan(19);
});

test('an item that may not start yet holds back those behind it', async () => {
  const began = now();
  const arrived: string[] = [];
  const last = new Promise<number>((done) => {
    const deliver = (item: string): void => {
      arrived.push(item);
      if (item === 'b') done(now() - began);
    };
    const line = createDelayLine<string>({ delayMs: 10, now, deliver });
    line.push('a', began + 40);
    line.push('b', began + 40);
  });
  expect(await last).toBeGreaterThan(49);
  expect(arrived).toEqual(['a', 'b']);
});

test('closed, it delivers nothing more, not even what was due at the same moment', async () => {
  const arrived: number[] = [];
  const line = createDelayLine<number>({
    delayMs: 5,
    now,
    deliver(item) {
      arrived.push(item);
      line.close();
    },
  });
  line.push(1);
  line.push(2);
  line.push(3);
  await new Promise<void>((deliver) => createDelayLine<void>({ delayMs: 15, now, deliver }).push());
  expect(arrived).toEqual([1]);
});
