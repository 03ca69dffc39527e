/** Memory of the origin under full load for a long time, with several times more media than its cache may hold. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startWeir } from './origin/contenders.ts';
import { driveOwn } from './origin/drive-own.ts';
import { MEDIA_SIZE, makeFixture } from './origin/fixture.ts';
import { residentOfTree } from './origin/process-cost.ts';

export interface SoakCost {
  readonly minutes: number;
  readonly requests: number;
  readonly failures: number;
  /** Bytes the cache may hold, and bytes of media that were asked for. */
  readonly budget: number;
  readonly media: number;
  /** Resident bytes of the server: when it had just started, at most, and at the end. */
  readonly atStart: number;
  readonly most: number;
  readonly atEnd: number;
}

const BUDGET = 32 * 1024 * 1024;

/** @throws Error for minutes that are no positive number. */
export async function measureSoak(minutes: number, signal: AbortSignal): Promise<SoakCost> {
  if (!(minutes > 0 && minutes <= 600)) throw new Error('Minutes are a number above 0, up to 600.');
  const scratch = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  const library = join(scratch, 'library');
  try {
    const cases = await makeFixture(library);
    const server = await startWeir({ library }, { workers: 1, cacheMemory: BUDGET });
    try {
      const atStart = residentOfTree(server.pid);
      const targets = cases.flatMap((load) => load.targets);
      const over = new AbortController();
      const sampling = sampleMost(() => residentOfTree(server.pid), over.signal);
      const load = { url: server.url, targets, connections: 64, duration: minutes * 60 };
      const { requests, failures } = await driveOwn(load, signal).finally(() => over.abort());
      const [most, atEnd] = [await sampling, residentOfTree(server.pid)];
      return { minutes, requests, failures, budget: BUDGET, media: MEDIA_SIZE, atStart, most, atEnd };
    } finally {
      await server.stop();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function sampleMost(measure: () => number, signal: AbortSignal): Promise<number> {
  let most = 0;
  while (!signal.aborted) {
    most = Math.max(most, measure());
    await delay(1000, undefined, { signal }).catch(() => undefined);
  }
  return most;
}

export function formatSoakCost(cost: SoakCost): string {
  const mebibytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
  return [
    `${cost.minutes} minutes of full load, ${cost.requests} answers, ${cost.failures} failed`,
    `  ${mebibytes(cost.media)} of media over a cache of ${mebibytes(cost.budget)}`,
    `  resident: ${mebibytes(cost.atStart)} at the start, ${mebibytes(cost.most)} at most, ${mebibytes(cost.atEnd)} at the end`,
    `  beyond the cache: ${mebibytes(cost.most - cost.budget)} at most`,
  ].join('\n');
}
