import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IDLE_LINK, type LinkEvent, meterLink } from './link-meter.ts';
import type { ThroughputSample } from './throughput.ts';

function samplesOf(events: readonly LinkEvent[]): ThroughputSample[] {
  const samples: ThroughputSample[] = [];
  let state = IDLE_LINK;
  for (const event of events) {
    const step = meterLink(state, event);
    state = step.state;
    if (step.sample) samples.push(step.sample);
  }
  return samples;
}

function rateOf(samples: readonly ThroughputSample[]): number {
  const bytes = samples.reduce((sum, sample) => sum + sample.bytes, 0);
  return (bytes * 8) / samples.reduce((sum, sample) => sum + sample.seconds, 0);
}

/** A body that arrives at a constant rate in pieces of 10 ms. */
function body(from: number, seconds: number, rate: number, latency = 0.05): LinkEvent[] {
  const pieces = Math.round(seconds * 100);
  const events: LinkEvent[] = [{ type: 'open', at: from, latency, bytes: 0 }];
  for (let i = 1; i <= pieces; i++) events.push({ type: 'bytes', at: from + i / 100, bytes: rate / 800 });
  events.push({ type: 'close', at: from + seconds });
  return events;
}

test('one body at a constant rate is measured as that rate', () => {
  expect(rateOf(samplesOf(body(10, 2, 4e6)))).toBeCloseTo(4e6, -2);
});

test('audio beside video: two halves of a link are measured as the whole link', () => {
  const events = [...body(0, 2, 2e6), ...body(0, 2, 2e6)].sort((a, b) => a.at - b.at);
  expect(rateOf(samplesOf(events)) / 4e6).toBeCloseTo(1, 2);
});

test('a sample tells once how long nothing flowed before it', () => {
  const samples = samplesOf([...body(0, 1, 4e6), ...body(6, 1, 4e6)]);
  expect(samples.map((sample) => Math.round(sample.idle)).filter((idle) => idle > 0)).toEqual([5]);
});

test('idle time between bodies counts for nothing', () => {
  expect(rateOf(samplesOf([...body(0, 1, 4e6), ...body(60, 1, 4e6)]))).toBeCloseTo(4e6, -2);
});

test('a burst shorter than the latency is marked short and counted with its latency', () => {
  const samples = samplesOf([
    { type: 'open', at: 1, latency: 0.1, bytes: 30_000 },
    { type: 'bytes', at: 1.001, bytes: 10_000 },
    { type: 'close', at: 1.001 },
  ]);
  expect(samples).toHaveLength(1);
  expect(samples[0]?.short).toBe(true);
  expect(rateOf(samples)).toBeLessThan((40_000 * 8) / 0.1);
});

test('what came with the first byte does not make a long transfer look faster', () => {
  const events = body(0, 2, 4e6);
  events[0] = { type: 'open', at: 0, latency: 0.05, bytes: 64_000 };
  expect(rateOf(samplesOf(events)) / 4e6).toBeCloseTo(1, 2);
});

test('a run with hardly any bytes gives no sample', () => {
  expect(
    samplesOf([
      { type: 'open', at: 0, latency: 0.02, bytes: 0 },
      { type: 'bytes', at: 0.02, bytes: 900 },
      { type: 'close', at: 0.02 },
    ]),
  ).toEqual([]);
});

test('what fits into the first window of a connection tells the latency alone, however large the MPD', () => {
  const burst = (bytes: number): LinkEvent[] => [
    { type: 'open', at: 0, latency: 0.06, bytes },
    { type: 'close', at: 0.001 },
  ];
  expect(samplesOf(burst(14_000))).toEqual([]);
  expect(samplesOf(burst(30_000))).toHaveLength(1);
});

test('law: samples never hold more bytes than arrived, and each has bytes and time', () => {
  const piece = fc.record({
    gap: fc.double({ min: 0, max: 1, noNaN: true }),
    bytes: fc.integer({ min: 0, max: 1e6 }),
  });
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 50 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (pieces, latency) => {
        let at = 0;
        const events: LinkEvent[] = [{ type: 'open', at, latency, bytes: 0 }];
        for (const { gap, bytes } of pieces) {
          at += gap;
          events.push({ type: 'bytes', at, bytes });
        }
        events.push({ type: 'close', at });
        const samples = samplesOf(events);
        const total = pieces.reduce((sum, p) => sum + p.bytes, 0);
        expect(samples.reduce((sum, s) => sum + s.bytes, 0)).toBeLessThanOrEqual(total);
        for (const sample of samples) expect(sample.bytes > 0 && sample.seconds > 0).toBe(true);
      },
    ),
  );
});
