/** Our server as several processes at one address, which share out connections, memory and limits. */
import cluster from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { DEFAULT_HTTP_LIMITS } from '../../server/http/http-server.ts';
import type { WorkerServer } from '../../server/workers/run-worker.ts';
import { superviseWorkers } from '../../server/workers/supervise.ts';
import { createLog } from './create-log.ts';
import type { ProcessOptions } from './start-process.ts';

export interface WorkersOptions extends ProcessOptions {
  readonly count: number;
  /** Bytes, of all of them together. */
  readonly cacheMemory: number;
}

/** For what a process does after its last answer is out, or cut. */
const LAST_WORDS = 5;

/** @throws WorkerError, with the system's code when they cannot listen. */
export async function startWorkers({
  count,
  ...options
}: WorkersOptions): Promise<Pick<WorkerServer, 'url' | 'close'>> {
  cluster.setupPrimary({
    exec: fileURLToPath(new URL('worker.ts', import.meta.url)),
    args: [],
    execArgv: ['--import', import.meta.resolve('tsx')],
    serialization: 'advanced',
  });
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const supervisor = await superviseWorkers({
    count,
    fork: () => cluster.fork(),
    options: {
      ...options,
      cacheMemory: Math.floor(options.cacheMemory / count),
      limits: { ...limits, maxConnections: Math.ceil(limits.maxConnections / count) },
    },
    log: createLog(options.log),
  });
  // A second Ctrl-C ends this process at once: nobody would be left to end the workers.
  process.on('exit', supervisor.kill);
  const patience = limits.drainTimeoutMs / 1000 + LAST_WORDS;
  return { url: supervisor.url, close: (notice) => supervisor.close({ notice, patience }) };
}
