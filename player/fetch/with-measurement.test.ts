import { expect, test } from 'vitest';
import type { ThroughputSample } from '../core/abr/throughput.ts';
import type { SegmentSource } from './segment-source.ts';
import { type Transfer, withMeasurement } from './with-measurement.ts';

/** A link of 1 Mbit/s with 100 ms latency in virtual time: pieces of 12 500 bytes every 0.1 s. */
function virtualLink(pieces: number, fromCache = false) {
  let clock = 0;
  const source: SegmentSource = {
    fetch(request) {
      for (let i = 1; i <= pieces; i++) {
        clock += 0.1;
        request.onProgress?.({ received: i * 12_500, piece: new Uint8Array(12_500) });
      }
      return Promise.resolve({ bytes: new Uint8Array(pieces * 12_500), url: 'u', fromCache });
    },
  };
  const samples: ThroughputSample[] = [];
  const transfers: Transfer[] = [];
  const measured = withMeasurement(source, {
    now: () => clock,
    onSample: (sample) => samples.push(sample),
    onTransfer: (transfer) => transfers.push(transfer),
  });
  return { measured, samples, transfers };
}

const never = new AbortController().signal;

test('a transfer tells its rate without the latency', async () => {
  const { measured, samples } = virtualLink(20);
  await measured.fetch({ kind: 'segment', urls: ['u'] }, never);
  for (const sample of samples) expect((sample.bytes * 8) / sample.seconds).toBeCloseTo(1e6, -1);
});

test('each request is reported once, with latency and bytes', async () => {
  const { measured, transfers } = virtualLink(3);
  await measured.fetch({ kind: 'segment', urls: ['u'] }, never);
  expect(transfers).toMatchObject([{ bytes: 37_500, outcome: 'done', latency: 0.1 }]);
});

test('what came out of the cache says nothing about the link', async () => {
  const { measured, samples } = virtualLink(2, true);
  await measured.fetch({ kind: 'segment', urls: ['u'] }, never);
  expect(samples).toEqual([]);
});

test('an aborted request is reported as aborted, a failed one as failed', async () => {
  const failing: SegmentSource = { fetch: () => Promise.reject(new Error('no')) };
  const outcomes: string[] = [];
  const measured = withMeasurement(failing, {
    now: () => 0,
    onSample: () => undefined,
    onTransfer: (transfer) => outcomes.push(transfer.outcome),
  });
  await measured.fetch({ kind: 'segment', urls: ['u'] }, never).catch(() => undefined);
  await measured.fetch({ kind: 'segment', urls: ['u'] }, AbortSignal.abort()).catch(() => undefined);
  expect(outcomes).toEqual(['failed', 'aborted']);
});
