import { expect, test } from 'vitest';
import { bytesBetween, createDeliveryLog } from './delivery-log.ts';

test('deliveries are summed up in tenths of a second', () => {
  const log = createDeliveryLog();
  for (const [at, bytes] of [
    [0.01, 100],
    [0.09, 50],
    [0.31, 7],
  ] as const) {
    log.add(at, bytes);
  }
  expect(log.slots()).toEqual([
    { at: 0, bytes: 150 },
    { at: 0.3, bytes: 7 },
  ]);
  expect(log.total()).toBe(157);
  expect(bytesBetween(log.slots(), 0, 0.3)).toBe(150);
});

test('the oldest slots are forgotten, the total is not', () => {
  const log = createDeliveryLog();
  for (let second = 0; second < 20_000; second++) log.add(second, 1);
  expect(log.total()).toBe(20_000);
  expect(log.slots().length).toBe(6000);
  expect(log.slots().at(-1)?.at).toBe(19_999);
});
