import { expect, test } from 'vitest';
import { chooseReplacement, type TransferView } from './abandon.ts';

/** 3 Mbit/s × 4 s on its way when the link fell to 0.8 Mbit/s. */
const stuck: TransferView = {
  received: 100_000,
  total: 1_500_000,
  elapsed: 1,
  buffer: 6,
  latency: 0.1,
  lowerSizes: [150_000, 375_000, 750_000],
};

test('a transfer that would outlast the buffer is given up for the best that arrives in time', () => {
  expect(chooseReplacement(stuck)).toBe(1);
});

test('nothing arrives in time: the smallest', () => {
  expect(chooseReplacement({ ...stuck, buffer: 0.5 })).toBe(0);
});

test('a transfer that arrives in time goes on', () => {
  expect(chooseReplacement({ ...stuck, buffer: 20 })).toBeUndefined();
});

test('nearly done: the rest comes sooner than any replacement', () => {
  expect(chooseReplacement({ ...stuck, received: 1_400_000, elapsed: 14, buffer: 0 })).toBeUndefined();
});

test('the lowest representation is never given up: nothing would be gained', () => {
  expect(chooseReplacement({ ...stuck, lowerSizes: [] })).toBeUndefined();
});

test('half a second is waited for before the rate is believed', () => {
  expect(chooseReplacement({ ...stuck, elapsed: 0.3, received: 3_000 })).toBeUndefined();
});
