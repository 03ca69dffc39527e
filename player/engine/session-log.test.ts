import { expect, test, vi } from 'vitest';
import { createSessionLog } from './session-log.ts';

function clocked() {
  let at = 100;
  return { clock: () => at, pass: (seconds: number) => (at += seconds) };
}

test('events carry the seconds since the session began', () => {
  const { clock, pass } = clocked();
  const log = createSessionLog(clock);
  pass(1.5);
  log.report({ type: 'first-frame' });
  expect(log.events()).toEqual([{ type: 'first-frame', at: 1.5 }]);
});

test('law: the ring never holds more than its capacity, and keeps the newest in order', () => {
  const { clock, pass } = clocked();
  const log = createSessionLog(clock, 3);
  for (let i = 0; i < 8; i++) {
    log.report({ type: 'first-frame' });
    pass(1);
    expect(log.events().length).toBeLessThanOrEqual(3);
  }
  expect(log.events().map((event) => event.at)).toEqual([5, 6, 7]);
});

test('a listener that throws disturbs neither the session nor the others', () => {
  const reported: unknown[] = [];
  vi.stubGlobal('reportError', (error: unknown) => reported.push(error));
  const log = createSessionLog(() => 0);
  const heard: string[] = [];
  log.subscribe(() => {
    throw new Error('page');
  });
  log.subscribe((event) => heard.push(event.type));
  log.report({ type: 'first-frame' });
  vi.unstubAllGlobals();
  expect([heard, reported.length]).toEqual([['first-frame'], 1]);
});

test('a listener hears what comes until it stops listening', () => {
  const log = createSessionLog(() => 0);
  const heard: string[] = [];
  const stop = log.subscribe((event) => heard.push(event.type));
  log.report({ type: 'first-frame' });
  stop();
  log.report({ type: 'load', url: 'x' });
  expect(heard).toEqual(['first-frame']);
});
