import { expect, onTestFinished, test } from 'vitest';
import { createShaper, type Flow } from './shaper.ts';

/** A flow that never runs dry and counts what passes. */
function greedyFlow(onGrant: (bytes: number) => void = () => undefined): Flow & { passed(): number } {
  let passed = 0;
  return {
    backlog: () => 1e9,
    grant(bytes) {
      passed += bytes;
      if (bytes > 0) onGrant(bytes);
    },
    passed: () => passed,
  };
}

test('a new rate holds from now on: time before counts at the old one', () => {
  let time = 0;
  const flow = greedyFlow();
  const shaper = createShaper({ rate: 800_000, flows: () => [flow], now: () => time });
  onTestFinished(shaper.close);
  shaper.pump();
  time = 100;
  shaper.setRate(8_000_000);
  expect(flow.passed()).toBe(10_000_000);
  time = 100.5;
  shaper.pump();
  expect(flow.passed()).toBe(10_500_000);
});

test('what waits in an outage is served by itself when the rate returns', async () => {
  const began = performance.now();
  const granted = new Promise((onGrant) => {
    const flow = greedyFlow(onGrant);
    const now = (): number => (performance.now() - began) / 1000;
    const shaper = createShaper({ rate: 0, flows: () => [flow], now });
    onTestFinished(shaper.close);
    shaper.pump();
    shaper.setRate(8_000_000);
  });
  expect(await granted).toBeGreaterThan(0);
});

test('a rate that cannot be is refused, and the old one goes on', () => {
  let time = 0;
  const flow = greedyFlow();
  const shaper = createShaper({ rate: 8_000_000, flows: () => [flow], now: () => time });
  onTestFinished(shaper.close);
  shaper.pump();
  expect(() => shaper.setRate(-5)).toThrow('-5 bit/s');
  time = 1;
  shaper.pump();
  expect(flow.passed()).toBe(1_000_000);
});
