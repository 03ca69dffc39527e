/** What thousands of slow connections do to a normal viewer of the origin, and what each of them costs. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Contender, startWeir, stopChild } from './origin/contenders.ts';
import { driveOwn, type OwnLoadResult } from './origin/drive-own.ts';
import { type LoadCase, makeFixture } from './origin/fixture.ts';
import { cpuOfTree, residentOfTree } from './origin/process-cost.ts';
import type { SlowClients, SlowClientsState } from './origin/slow-clients.ts';

export interface SlowCost {
  /** The viewer's latency before the slow connections came, and while they were there. */
  readonly alone: OwnLoadResult;
  readonly among: OwnLoadResult;
  readonly idleConnections: number;
  /** Resident bytes of the server for an idle connection. */
  readonly bytesPerIdle: number;
  readonly slow: SlowClientsState;
  /** Resident bytes of the server at the end. */
  readonly resident: number;
  /** Share of one processor that all these connections took without the viewer. */
  readonly cpuShare: number;
}

const CACHE_MEMORY = 128 * 1024 * 1024;

/** What stalls is few, since the system itself keeps a megabyte or more for each. */
const IDLE = 5000;
const SLOW = { slowHeaders: 4800, stalled: 200 };

/** A film at 5 Mbit/s asks for so much. */
const VIEWER = { connections: 8, rate: 20 };

/** Long enough for the server to see who is slow, and to drop them. */
const AMONG_DURATION = 25;
const OTHER_DURATION = 4;

export async function measureSlowClients(signal: AbortSignal): Promise<SlowCost> {
  const scratch = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  const library = join(scratch, 'library');
  const endings: (() => Promise<unknown>)[] = [];
  try {
    const cases = await makeFixture(library);
    const server = await startWeir({ library }, { workers: 1, cacheMemory: CACHE_MEMORY });
    endings.push(server.stop);
    const view = (duration: number) => viewRanges(server, cases, { duration, signal });
    await view(OTHER_DURATION);
    const alone = await view(OTHER_DURATION);

    const before = residentOfTree(server.pid);
    const idle = await startSlowClients(
      { ...NONE, url: server.url, path: pathOf(cases), idle: IDLE },
      signal,
    );
    endings.push(idle.end);
    const bytesPerIdle = (residentOfTree(server.pid) - before) / IDLE;

    const slow = await startSlowClients({ ...NONE, ...SLOW, url: server.url, path: pathOf(cases) }, signal);
    endings.push(slow.end);
    const cpuBefore = cpuOfTree(server.pid);
    await delay(OTHER_DURATION * 1000, undefined, { signal });
    const cpuShare = (cpuOfTree(server.pid) - cpuBefore) / OTHER_DURATION;

    const among = await view(AMONG_DURATION);
    const resident = residentOfTree(server.pid);
    return { alone, among, idleConnections: IDLE, bytesPerIdle, slow: await slow.ask(), resident, cpuShare };
  } finally {
    for (const end of endings.reverse()) await end();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Everything a server keeps of such a client is for nothing: the longest object there is. */
function pathOf(cases: readonly LoadCase[]): string {
  return cases.flatMap(({ targets }) => targets).find(({ range }) => range !== undefined)?.path ?? '/';
}

function viewRanges(
  { url }: Contender,
  cases: readonly LoadCase[],
  { duration, signal }: { duration: number; signal: AbortSignal },
): Promise<OwnLoadResult> {
  const targets = cases.flatMap((load) => load.targets).filter(({ range }) => range !== undefined);
  return driveOwn({ url, targets, duration, ...VIEWER }, signal);
}

const NONE = { slowHeaders: 0, idle: 0, stalled: 0 };

/** Resolves when all of them are connected. */
async function startSlowClients(clients: SlowClients, signal: AbortSignal) {
  const entry = fileURLToPath(new URL('origin/slow-clients.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', entry, JSON.stringify(clients)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    signal,
  });
  child.on('error', () => undefined);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    ask: async (): Promise<SlowClientsState> => {
      child.stdin.write('\n');
      return JSON.parse((await lines.next()).value);
    },
    end: () => stopChild(child),
  };
}

export function formatSlowCost({ alone, among, slow, ...cost }: SlowCost): string {
  const line = (when: string, { requests, failures, p50Ms, p99Ms }: OwnLoadResult): string =>
    `  ${when.padEnd(26)}${requests} answers, ${failures} failed, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;
  const mebibytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MiB`;
  return [
    `A viewer, ${VIEWER.rate} ranges of 256 KiB a second`,
    line('alone', alone),
    line(`among ${slow.open + cost.idleConnections} slow`, among),
    `  ${cost.idleConnections} idle connections, ${(cost.bytesPerIdle / 1024).toFixed(1)} KiB of the server each; ` +
      `${slow.open} slow ones open at the end, ${slow.dropped} dropped and come back`,
    `  the server: ${mebibytes(cost.resident)} resident (cache ${mebibytes(CACHE_MEMORY)}), ` +
      `${(cost.cpuShare * 100).toFixed(0)} % of a processor for these connections`,
  ].join('\n');
}
