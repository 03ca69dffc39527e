/**
 * A load generator in a process of its own, `own-load.ts JSON`: requests fall due at a fixed rate whether or not the server
 * keeps up, so a server that stalls is charged for every request that it made wait (no coordinated omission).
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { OwnLoad, OwnLoadResult } from './drive-own.ts';
import type { Target } from './fixture.ts';
import { type LoadConnection, openLoadConnection } from './load-connection.ts';

/** Seconds before counting begins: until then requests find connections closed and caches cold. */
const WARM_UP = 0.3;

process.stdout.write(`${JSON.stringify(await drive(JSON.parse(process.argv[2] ?? '')))}\n`);
process.exit();

async function drive({ url, targets, connections, rate, duration }: OwnLoad): Promise<OwnLoadResult> {
  const address = new URL(url);
  const requests = targets.map((target) => requestText(address.host, target));
  const idle: LoadConnection[] = Array.from({ length: connections }, () => openLoadConnection(address));
  /** When each request fell due for which there was no connection, oldest first. */
  const waiting: number[] = [];
  const latenciesMs: number[] = [];
  let failures = 0;
  let sent = 0;

  function sendNext(connection: LoadConnection, dueMs: number): void {
    connection.send(requests[sent++ % requests.length] ?? '', (isGood) => {
      const now = performance.now();
      if (isGood) latenciesMs.push(now - dueMs);
      else failures += 1;
      const next = rate === undefined ? now : waiting.shift();
      if (next === undefined) idle.push(connection);
      else sendNext(connection, next);
    });
  }

  /** A late timer makes several due at once; they count from now, since it was not the server that was late. */
  function sendDue(count: number): void {
    const now = performance.now();
    for (let i = 0; i < count; i++) {
      const connection = idle.pop();
      if (connection) sendNext(connection, now);
      else waiting.push(now);
    }
  }

  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  let due = 0;
  async function keepPace(until: number): Promise<void> {
    while (elapsed() < until) {
      const dueByNow = rate === undefined ? connections : Math.floor(elapsed() * rate);
      sendDue(dueByNow - due);
      due = dueByNow;
      await delay(1);
    }
  }

  await keepPace(WARM_UP);
  latenciesMs.length = 0;
  await keepPace(WARM_UP + duration);
  // What still waits has waited at least that long.
  for (const dueMs of waiting) latenciesMs.push(performance.now() - dueMs);
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  return {
    requests: sorted.length,
    duration,
    failures,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
  };
}

function requestText(host: string, { path, range }: Target): string {
  return `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${range === undefined ? '' : `Range: ${range}\r\n`}\r\n`;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
