/** Work that hangs is ended; work that gets on, or fails by itself, is left alone. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchForStall } from './stall-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;
const options = { signal: never, longestSilenceMs: 1000, onStall: () => new Error('It hangs.') };

/** Ends only when it is told to. */
const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('silence ends it, with the error that was asked for', async () => {
  const ending = expect(watchForStall(untilAborted, options)).rejects.toThrow('It hangs.');
  await vi.advanceTimersByTimeAsync(1000);
  await ending;
});

test('a sign of life begins the silence anew', async () => {
  let isEnded = false;
  const work = watchForStall(async (signal, isAlive) => {
    setInterval(isAlive, 900);
    return untilAborted(signal);
  }, options);
  work.catch(() => (isEnded = true));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(isEnded).toBe(false);
});

test('an abort from outside keeps its reason, and nothing is left behind', async () => {
  const stop = new AbortController();
  const ending = expect(watchForStall(untilAborted, { ...options, signal: stop.signal })).rejects.toThrow(
    'Ctrl-C',
  );
  stop.abort(new Error('Ctrl-C'));
  await ending;
  expect(await watchForStall(() => Promise.resolve(7), options)).toBe(7);
  expect(vi.getTimerCount()).toBe(0);
});
