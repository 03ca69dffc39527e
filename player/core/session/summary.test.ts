import { expect, test } from 'vitest';
import type { SessionEvent } from './event.ts';
import { summarize } from './summary.ts';

function choice(at: number, representation: string, bandwidth: number, segmentStart: number): SessionEvent {
  return {
    type: 'choice',
    at,
    kind: 'video',
    representation,
    bandwidth,
    reason: 'sustainable',
    buffer: 8,
    segmentStart,
  };
}

function append(at: number, representation: string, start: number, end: number): SessionEvent {
  return { type: 'append', at, kind: 'video', representation, start, end, bytes: 1000 };
}

const session: SessionEvent[] = [
  { type: 'load', at: 0.1, url: 'x' },
  choice(0.2, 'low', 1e6, 0),
  append(0.5, 'low', 0, 4),
  { type: 'first-frame', at: 0.6 },
  { type: 'shown', at: 0.6, kind: 'video', representation: 'low', time: 0 },
  choice(0.7, 'high', 4e6, 4),
  append(1, 'high', 4, 8),
  { type: 'stall', at: 9, playhead: 8 },
  { type: 'resume', at: 10.5, playhead: 8, duration: 1.5 },
  { type: 'shown', at: 10.6, kind: 'video', representation: 'high', time: 8 },
  { type: 'state', at: 12, state: 'ended', previous: 'playing', playhead: 8 },
];

test('a session in numbers', () => {
  expect(summarize(session)).toMatchObject({
    startup: 0.5,
    stalls: 1,
    stallSeconds: 1.5,
    meanBandwidth: 2.5e6,
    switches: 1,
    ended: true,
    error: undefined,
  });
});

test('a stall that never ended lasts until the end of the log', () => {
  const open: SessionEvent[] = [
    { type: 'stall', at: 2, playhead: 1 },
    { type: 'throughput', at: 7, sample: 1, estimate: 1 },
  ];
  expect(summarize(open).stallSeconds).toBe(5);
});

test('an empty session claims nothing', () => {
  expect(summarize([])).toMatchObject({
    startup: undefined,
    meanBandwidth: undefined,
    stalls: 0,
    bytes: 0,
    ended: false,
  });
});

test('bytes of requests that were given up are wasted', () => {
  const request = { type: 'request', at: 1, kind: 'video', what: 'segment', url: 'x', duration: 1 } as const;
  const events: SessionEvent[] = [
    { ...request, bytes: 100, outcome: 'done' },
    { ...request, bytes: 40, outcome: 'aborted' },
  ];
  expect(summarize(events)).toMatchObject({ bytes: 140, wastedBytes: 40 });
});
