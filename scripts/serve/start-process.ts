/** Our server as one process runs it: alone, or as one worker of several. */
import { setTimeout as delay } from 'node:timers/promises';
import { type ServerOptions, startServer } from '../../server/main.ts';
import type { WorkerServer } from '../../server/workers/run-worker.ts';
import { createLog } from './create-log.ts';
import type { LogLevel } from './serve-flags.ts';

/** Plain data, which can be handed from process to process. */
export interface ProcessOptions
  extends Pick<ServerOptions, 'host' | 'port' | 'library' | 'dist' | 'limits' | 'cacheMemory' | 'tokenKeys'> {
  readonly log: LogLevel;
}

/** `countAll` as in `ServerOptions`. @throws what `startServer` throws. */
export async function startProcess(
  { log: level, ...options }: ProcessOptions,
  countAll?: () => Promise<string>,
): Promise<WorkerServer> {
  const log = createLog(level);
  let notice = 0;
  const server = await startServer({
    ...options,
    log,
    giveNotice: () => delay(notice * 1000),
    ...(countAll ? { countAll } : {}),
  });
  // Whatever one request has led to, the others have nothing to do with it: none of them shares a state with another.
  process.on('uncaughtException', (error) =>
    log.error({ error }, 'A fault that no answer was waiting for; the server goes on.'),
  );
  return {
    url: server.url,
    count: server.count,
    close: (seconds) => {
      notice = seconds;
      return server.close();
    },
  };
}
