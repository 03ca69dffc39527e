/**
 * What an answer costs the origin, against nginx and express.static on the same machine in the same run: processor time for
 * a request and requests per second under full load, and latency when nginx and Weir are offered the same load.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onPath } from '../setup/on-path.mjs';
import { type Contender, startExpress, startNginx, startWeir } from './origin/contenders.ts';
import { driveOwn } from './origin/drive-own.ts';
import { driveWrk, type LoadResult } from './origin/drive-wrk.ts';
import { type LoadCase, makeFixture } from './origin/fixture.ts';
import { type OriginCost, type OriginSample, summarize } from './origin/origin-cost.ts';
import { cpuOfTree } from './origin/process-cost.ts';

const CONNECTIONS = 64;
const ROUNDS = 3;

/** One process, as nginx has one worker; and two, to see whether sharing costs anything. */
const WORKERS = [1, 2];

/** Enough for all that is asked for, in each of the workers. */
const CACHE_MEMORY = 256 * 1024 * 1024;

/** Whose latency is compared: one process each. */
const EQUALS: ReadonlySet<string> = new Set(['nginx', 'Weir']);

/** Seconds of one measurement: all of them together stay below three minutes. */
const DURATION = 2;

interface Bench {
  readonly scratch: string;
  readonly signal: AbortSignal;
  readonly hasWrk: boolean;
}

export async function measureOrigin(signal: AbortSignal): Promise<OriginCost> {
  const scratch = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  const servers: Contender[] = [];
  try {
    const place = { library: join(scratch, 'library'), scratch };
    const cases = await makeFixture(place.library);
    const bench = { scratch, signal, hasWrk: onPath('wrk').length > 0 };
    const hasNginx = onPath('nginx').length > 0;
    if (hasNginx) servers.push(await startNginx(place));
    servers.push(await startExpress(place));
    for (const workers of WORKERS)
      servers.push(await startWeir(place, { workers, cacheMemory: CACHE_MEMORY }));
    const samples: OriginSample[] = [];
    for (const load of repeat(cases)) {
      for (const server of servers) samples.push(await measureFullLoad(load, server, bench));
    }
    const equals = servers.filter(({ name }) => EQUALS.has(name));
    for (const load of repeat(cases)) {
      const rate = offeredRate(samples, load, equals);
      for (const server of equals) samples.push(await measurePaced(load, server, { rate, signal }));
    }
    return {
      connections: CONNECTIONS,
      rounds: ROUNDS,
      rows: summarize(samples),
      notes: notesOn(hasNginx, bench),
    };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Rounds come one after the other, so that what else the machine does meets all servers alike. */
function repeat(cases: readonly LoadCase[]): LoadCase[] {
  return Array.from({ length: ROUNDS }, () => cases).flat();
}

async function measureFullLoad(
  { name, targets }: LoadCase,
  server: Contender,
  { scratch, signal, hasWrk }: Bench,
): Promise<OriginSample> {
  const load = { url: server.url, targets, connections: CONNECTIONS, duration: DURATION };
  const before = cpuOfTree(server.pid);
  const result = await (hasWrk ? driveWrk({ ...load, scratch }, signal) : driveOwn(load, signal));
  const cpu = cpuOfTree(server.pid) - before;
  assertAnswered(server, result);
  const { requests, duration } = result;
  return {
    load: name,
    server: server.name,
    cpuMicroseconds: (cpu * 1e6) / requests,
    requestsPerSecond: requests / duration,
  };
}

async function measurePaced(
  { name, targets }: LoadCase,
  server: Contender,
  { rate, signal }: { rate: number; signal: AbortSignal },
): Promise<OriginSample> {
  const load = { url: server.url, targets, connections: CONNECTIONS, rate, duration: DURATION };
  const result = await driveOwn(load, signal);
  assertAnswered(server, result);
  return { load: name, server: server.name, offered: rate, p50Ms: result.p50Ms, p99Ms: result.p99Ms };
}

/** A third of what the slower one answered under full load: busy, and yet no one's limit. */
function offeredRate(
  samples: readonly OriginSample[],
  { name }: LoadCase,
  servers: readonly Contender[],
): number {
  const names = new Set(servers.map((server) => server.name));
  const rows = summarize(samples).filter(({ load, server }) => load === name && names.has(server));
  return Math.round(Math.min(...rows.map(({ requestsPerSecond = 0 }) => requestsPerSecond)) / 3);
}

function assertAnswered({ name }: Contender, { requests, failures }: LoadResult): void {
  if (failures > 0 || requests === 0) {
    throw new Error(
      `${name} failed ${failures} requests and answered ${requests}: its figures would mean nothing.`,
    );
  }
}

function notesOn(hasNginx: boolean, { hasWrk }: Bench): string[] {
  return [
    ...(hasNginx ? [] : ['There is no nginx to compare with: "apt-get install nginx" brings one.']),
    ...(hasWrk ? [] : ['There is no wrk: our own, dearer load generator stood in ("apt-get install wrk").']),
  ];
}
