import { expect, test } from 'vitest';
import { type ErrorCode, StreamingError } from '../core/errors.ts';
import type { SegmentRequest, SegmentSource } from './segment-source.ts';
import { DEFAULT_RETRY_CONFIG, type RetryConfig, withRetry } from './with-retry.ts';

type Answer = 'ok' | ErrorCode | { status: number; retryAfter?: string };

/** A source that plays answers in order (the last one for ever) and writes down which URL was asked. */
function scripted(answers: readonly Answer[]) {
  const asked: string[] = [];
  const source: SegmentSource = {
    fetch(request) {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? 'ok';
      asked.push(request.urls[0] ?? '');
      if (answer === 'ok') return Promise.resolve({ bytes: new Uint8Array(1), url: '', fromCache: false });
      const error =
        typeof answer === 'string'
          ? { code: answer, details: {} }
          : { code: 'http-status' as const, details: answer };
      return Promise.reject(new StreamingError(error.code, 'said so', error.details));
    },
  };
  return { source, asked };
}

/** Time passes only by pausing. */
function platform() {
  const pauses: number[] = [];
  let clock = 0;
  return {
    pauses,
    random: () => 1,
    now: () => clock,
    isStranger: (url: string) => url === 'stranger',
    pause: (seconds: number, signal: AbortSignal) => {
      pauses.push(seconds);
      clock += Math.max(seconds, 0.01);
      return signal.aborted ? Promise.reject(signal.reason) : Promise.resolve();
    },
  };
}

const request = (...urls: string[]): SegmentRequest => ({ kind: 'segment', urls });
const never = new AbortController().signal;

function run(answers: readonly Answer[], urls: readonly string[] = ['a'], config: Partial<RetryConfig> = {}) {
  const { source, asked } = scripted(answers);
  const time = platform();
  const retried = withRetry(source, time, { ...DEFAULT_RETRY_CONFIG, ...config });
  return { result: retried.fetch(request(...urls), never), asked, pauses: time.pauses };
}

test('a 503 that passes is asked again', async () => {
  const { result, asked } = run([{ status: 503 }, { status: 503 }, 'ok']);
  await result;
  expect(asked).toHaveLength(3);
});

test('pauses grow and are bounded', async () => {
  const { result, pauses } = run([...Array<Answer>(5).fill({ status: 500 }), 'ok']);
  await result;
  expect(pauses).toEqual([0.3, 0.6, 1.2, 2.4, 4]);
});

test('a 404 is final at once', async () => {
  const { result, asked } = run([{ status: 404 }]);
  await expect(result).rejects.toMatchObject({ code: 'http-status' });
  expect(asked).toHaveLength(1);
});

test('a 404 at one URL does not hide the other', async () => {
  const { result, asked, pauses } = run([{ status: 404 }, 'ok'], ['a', 'b']);
  await result;
  expect([asked, pauses]).toEqual([['a', 'b'], [0]]);
});

test('wrong answers end after the agreed attempts', async () => {
  const { result, asked } = run([{ status: 500 }]);
  await expect(result).rejects.toMatchObject({ details: { status: 500 } });
  expect(asked).toHaveLength(DEFAULT_RETRY_CONFIG.attempts);
});

test('an outage spends no attempts: after a thousand failures the network comes back and playback goes on', async () => {
  const { result, asked, pauses } = run([...Array<Answer>(1000).fill('network'), 'ok']);
  await result;
  expect(asked).toHaveLength(1001);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(1);
});

test('an MPD that nobody answers for is given up after its patience', async () => {
  const { result, asked } = run(['network'], ['a'], { patience: 6 });
  await expect(result).rejects.toMatchObject({ code: 'network' });
  expect(asked.length).toBeLessThan(12);
});

test('a host that never answered is given up, a known one is not', async () => {
  const { result, asked } = run(['network'], ['stranger']);
  await expect(result).rejects.toMatchObject({ code: 'network' });
  expect(asked.length).toBeLessThan(25);
});

test('a caller with something else to try is told sooner', async () => {
  const { source, asked } = scripted([{ status: 503 }]);
  const impatient = withRetry(source, platform()).fetch({ ...request('a'), attempts: 2 }, never);
  await expect(impatient).rejects.toMatchObject({ code: 'http-status' });
  expect(asked).toHaveLength(2);
});

test('Retry-After is honoured', async () => {
  const { result, pauses } = run([{ status: 429, retryAfter: '7' }, 'ok']);
  await result;
  expect(pauses).toEqual([7]);
});

test('an abort ends it, with the reason of the abort', async () => {
  const { source } = scripted(['network']);
  const controller = new AbortController();
  const time = platform();
  const stopping = { ...time, pause: () => Promise.resolve(controller.abort('seek')) };
  const failing: SegmentSource = {
    fetch: (r, signal) => (signal.aborted ? Promise.reject(signal.reason) : source.fetch(r, signal)),
  };
  await expect(withRetry(failing, stopping).fetch(request('a'), controller.signal)).rejects.toBe('seek');
});
