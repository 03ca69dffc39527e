/**
 * Several processes that serve at one address, and one that sees to it that they do: it starts them, puts a new one in the place
 * of one that ends by itself, adds up what they count, and stops them together.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../http/log.ts';
import { createCountsGatherer } from './gather-counts.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { countShortLives, restartDelayMs } from './restart-delay.ts';

/** A process that was started and can be talked to, as those of `node:cluster` are. */
export interface WorkerProcess {
  readonly process: { readonly pid?: number | undefined; kill(signal: NodeJS.Signals): unknown };
  isConnected(): boolean;
  send(message: object): unknown;
  on(event: 'message', listener: (message: FromWorker) => void): unknown;
  on(event: 'exit', listener: (code: number | null, signal: string | null) => void): unknown;
}

export interface SupervisorOptions<Options> {
  readonly count: number;
  readonly fork: () => WorkerProcess;
  /** What each of them is told to serve. */
  readonly options: Options;
  readonly log: Log;
  /** Milliseconds on any clock that only runs forward. */
  readonly now?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

export interface Supervisor {
  /** With a final slash; all workers serve there. */
  readonly url: string;
  /**
   * Nobody is ready from now on, the door closes after `notice` seconds, and what has not ended `patience` seconds later is cut.
   * Resolves when all have ended. Idempotent: the first call counts.
   */
  close(times: { readonly notice: number; readonly patience: number }): Promise<void>;
  /** Ends them without a word, for a process that is about to end itself. */
  kill(): void;
}

/** A worker could not do what it was told. */
export class WorkerError extends Error {
  override readonly name = 'WorkerError';
  /** The system's: EADDRINUSE … */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** How the start of a worker ends. */
interface Beginning {
  readonly onReady: (url: string) => void;
  readonly onFailed: (error: WorkerError) => void;
}

/** Resolves when all are ready. @throws WorkerError when one cannot start; all are ended then. */
export async function superviseWorkers<Options>({
  count,
  fork,
  options,
  log,
  now = () => performance.now(),
  wait = delay,
}: SupervisorOptions<Options>): Promise<Supervisor> {
  const workers = new Set<WorkerProcess>();
  const gatherer = createCountsGatherer({ askAll });
  let shortLives = 0;
  let stopped: Promise<void> | undefined;
  let onNoneLeft: () => void = () => undefined;

  function tell(worker: WorkerProcess, message: ToWorker<Options>): void {
    if (worker.isConnected()) worker.send(message);
  }

  function askAll(question: number): WorkerProcess[] {
    const asked = [...workers].filter((worker) => worker.isConnected());
    for (const worker of asked) tell(worker, { kind: 'count', question });
    return asked;
  }

  /** Resolves with its address when it is ready; from then on it is replaced when it ends. */
  function startOne(): Promise<string> {
    const worker = fork();
    const born = now();
    let isReady = false;
    workers.add(worker);
    return new Promise((resolve, reject) => {
      const onReady = (url: string): void => {
        isReady = true;
        resolve(url);
      };
      worker.on('message', (message) => hear(worker, message, { onReady, onFailed: reject }));
      worker.on('exit', (code, signal) => {
        const end = signal ?? `exit code ${code}`;
        bury(worker);
        if (isReady) void replace(end, now() - born);
        else reject(new WorkerError(`A worker ended before it was ready (${end}).`));
      });
    });
  }

  function hear(worker: WorkerProcess, message: FromWorker, { onReady, onFailed }: Beginning): void {
    switch (message.kind) {
      case 'awake':
        // What it was told before is lost, and with it that all are to stop.
        tell(worker, stopped ? { kind: 'stop', notice: 0 } : { kind: 'start', options });
        break;
      case 'ready':
        onReady(message.url);
        break;
      case 'failed':
        onFailed(new WorkerError(message.message, message.code));
        break;
      case 'counts':
        gatherer.receive(worker, message.question, message.counts);
        break;
      case 'count-all':
        void answerCountAll(worker, message.question);
    }
  }

  async function answerCountAll(worker: WorkerProcess, question: number): Promise<void> {
    tell(worker, { kind: 'all-counts', question, text: await gatherer.gather() });
  }

  function bury(worker: WorkerProcess): void {
    workers.delete(worker);
    void gatherer.retire(worker);
    if (workers.size === 0) onNoneLeft();
  }

  async function replace(end: string, lifeMs: number): Promise<void> {
    if (stopped) return;
    shortLives = countShortLives(shortLives, lifeMs);
    const delayMs = restartDelayMs(shortLives);
    log.error(
      { end, lifeMs: Math.round(lifeMs), delayMs },
      'A worker ended by itself; another takes its place.',
    );
    await wait(delayMs);
    if (stopped) return;
    await startOne().catch((error: WorkerError) => replace(error.message, 0));
  }

  function kill(): void {
    for (const worker of workers) worker.process.kill('SIGKILL');
  }

  async function stop(notice: number, patience: number): Promise<void> {
    const cut = setTimeout(kill, (notice + patience) * 1000);
    await new Promise<void>((resolve) => {
      onNoneLeft = resolve;
      if (workers.size === 0) resolve();
      for (const worker of workers) tell(worker, { kind: 'stop', notice });
    });
    clearTimeout(cut);
  }

  try {
    const [url = ''] = await Promise.all(Array.from({ length: count }, startOne));
    return {
      url,
      kill,
      close: ({ notice, patience }) => {
        stopped ??= stop(notice, patience);
        return stopped;
      },
    };
  } catch (error) {
    stopped = Promise.resolve();
    kill();
    throw error;
  }
}
