/** The worker's side: serves what its supervisor tells it, counts for it, and ends when it says so or is gone. */
import type { Counts, FromWorker, ToWorker } from './messages.ts';

export interface WorkerServer {
  readonly url: string;
  count(): Promise<Counts>;
  /** Resolves when the last answer is out; the door closes after `notice` seconds. */
  close(notice: number): Promise<void>;
}

/** Starts what is told; `countAll` gives Prometheus' text about all workers together. */
export type StartWorker<Options> = (
  options: Options,
  countAll: () => Promise<string>,
) => Promise<WorkerServer>;

/**
 * Takes the process over: it ends by itself. What is sent to all processes of a terminal (Ctrl-C) or of a service (SIGTERM) is
 * the supervisor's to hear, who knows how much notice to give; when the supervisor is gone, so is its worker.
 */
export function runWorker<Options>(start: StartWorker<Options>): void {
  const questions = new Map<number, (text: string) => void>();
  let asked = 0;
  let server: Promise<WorkerServer> | undefined;

  function countAll(): Promise<string> {
    const question = asked++;
    return new Promise((resolve) => {
      questions.set(question, resolve);
      tell({ kind: 'count-all', question });
    });
  }

  async function begin(options: Options): Promise<void> {
    try {
      server = start(options, countAll);
      tell({ kind: 'ready', url: (await server).url });
    } catch (error) {
      const { message, code } = error as NodeJS.ErrnoException;
      process.exitCode = 1;
      tell({ kind: 'failed', message, code }, () => process.exit());
    }
  }

  async function end(notice: number): Promise<void> {
    await (await server)?.close(notice);
    process.exit();
  }

  async function hear(message: ToWorker<Options>): Promise<void> {
    switch (message.kind) {
      case 'start':
        return begin(message.options);
      case 'stop':
        return end(message.notice);
      case 'count': {
        const counts = await (await server)?.count();
        tell({ kind: 'counts', question: message.question, counts: counts ?? [] });
        return;
      }
      case 'all-counts':
        questions.get(message.question)?.(message.text);
        questions.delete(message.question);
    }
  }

  process.on('message', (message: ToWorker<Options>) => void hear(message));
  process.on('disconnect', () => void end(0));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  tell({ kind: 'awake' });
}

function tell(message: FromWorker, onSent?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, onSent);
  else onSent?.();
}
