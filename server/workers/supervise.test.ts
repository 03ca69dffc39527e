/** Supervision: all start or none, who ends by itself is replaced, and all stop together. */
import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { silentLog } from '../http/log.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { superviseWorkers, type WorkerProcess } from './supervise.ts';

type Behaviour = (worker: FakeWorker, message: ToWorker<string>) => void;

interface FakeWorker extends WorkerProcess {
  say(message: FromWorker): void;
  end(code: number | null, signal?: string): void;
  readonly heard: ToWorker<string>[];
  readonly signals: string[];
}

const obedient: Behaviour = (worker, message) => {
  if (message.kind === 'start') worker.say({ kind: 'ready', url: `http://${message.options}/` });
  if (message.kind === 'stop') worker.end(0);
};

function createFakes(behaviours: readonly Behaviour[] = []) {
  const workers: FakeWorker[] = [];
  const waits: number[] = [];
  let time = 0;

  function fork(): FakeWorker {
    const events = new EventEmitter();
    const behave = behaviours[workers.length] ?? obedient;
    let isAlive = true;
    let isAwake = false;
    const worker: FakeWorker = {
      heard: [],
      signals: [],
      process: {
        kill: (signal) => {
          worker.signals.push(signal);
          worker.end(null, signal);
        },
      },
      isConnected: () => isAlive,
      send: (message) => {
        if (!isAwake) return;
        worker.heard.push(message as ToWorker<string>);
        behave(worker, message as ToWorker<string>);
      },
      on: events.on.bind(events),
      say: (message) => events.emit('message', message),
      end: (code, signal) => {
        if (isAlive) events.emit('exit', code, signal ?? null);
        isAlive = false;
      },
    };
    workers.push(worker);
    queueMicrotask(() => {
      isAwake = true;
      worker.say({ kind: 'awake' });
    });
    return worker;
  }

  const start = (count: number) =>
    superviseWorkers({
      count,
      fork,
      options: 'films',
      log: silentLog,
      now: () => time,
      wait: async (ms) => waits.push(ms),
    });
  const later = (ms: number) => {
    time += ms;
  };
  return { workers, waits, start, later };
}

/** Lets everything happen that waits for nothing. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('all are told what to serve, and it is ready when all are', async () => {
  const { workers, start } = createFakes();
  const supervisor = await start(3);
  expect(supervisor.url).toBe('http://films/');
  expect(workers.map(({ heard }) => heard)).toEqual(Array(3).fill([{ kind: 'start', options: 'films' }]));
});

test('one that cannot start is the end of all, with its reason', async () => {
  const failing: Behaviour = (worker) =>
    worker.say({ kind: 'failed', message: 'in use', code: 'EADDRINUSE' });
  const { workers, start } = createFakes([obedient, failing]);
  await expect(start(2)).rejects.toMatchObject({ message: 'in use', code: 'EADDRINUSE' });
  await settle();
  expect(workers.map(({ signals }) => signals)).toEqual([['SIGKILL'], ['SIGKILL']]);
});

test('one that ends before it is ready is the end of all', async () => {
  const { start } = createFakes([(worker) => worker.end(7)]);
  await expect(start(2)).rejects.toThrow('A worker ended before it was ready (exit code 7).');
});

test('who ends by itself is replaced at once, who ends again and again ever later, and the others go on', async () => {
  const { workers, waits, start, later } = createFakes();
  await start(2);
  for (let i = 0; i < 3; i++) {
    workers.at(-1)?.end(null, 'SIGSEGV');
    await settle();
  }
  expect([workers.length, waits]).toEqual([5, [0, 500, 1000]]);
  expect(workers[0]?.signals).toEqual([]);
  later(60_000);
  workers.at(-1)?.end(1);
  await settle();
  expect(waits.at(-1)).toBe(0);
});

test('a replacement that cannot start is tried again', async () => {
  const failing: Behaviour = (worker) => worker.end(1);
  const { workers, waits, start } = createFakes([obedient, failing, failing]);
  await start(1);
  workers[0]?.end(1);
  await settle();
  expect([workers.length, waits]).toEqual([4, [0, 500, 1000]]);
});

test('all are stopped together, and nobody is replaced then', async () => {
  const { workers, start } = createFakes();
  const supervisor = await start(2);
  await supervisor.close({ notice: 3, patience: 30 });
  expect(workers.map(({ heard }) => heard.at(-1))).toEqual(Array(2).fill({ kind: 'stop', notice: 3 }));
  await settle();
  expect(workers).toHaveLength(2);
  expect(supervisor.close({ notice: 0, patience: 0 })).toBe(supervisor.close({ notice: 0, patience: 0 }));
});

test('who awakes when all are to stop is not started any more', async () => {
  const { workers, start } = createFakes();
  const supervisor = await start(1);
  workers[0]?.end(1);
  while (workers.length < 2) await Promise.resolve();
  expect(workers[1]?.heard).toEqual([]);
  await supervisor.close({ notice: 3, patience: 30 });
  expect(workers[1]?.heard).toEqual([{ kind: 'stop', notice: 0 }]);
});

test('who does not stop in time is cut', async () => {
  const deaf: Behaviour = (worker, message) => {
    if (message.kind === 'start') obedient(worker, message);
  };
  const { workers, start } = createFakes([deaf]);
  const supervisor = await start(1);
  await supervisor.close({ notice: 0, patience: 0.01 });
  expect(workers[0]?.signals).toEqual(['SIGKILL']);
});

test('a worker that is asked for counts gets those of all', async () => {
  const counting: Behaviour = (worker, message) => {
    obedient(worker, message);
    if (message.kind === 'count') {
      const value = {
        help: 'r',
        name: 'requests',
        type: 'counter',
        values: [{ value: 2, labels: {} }],
        aggregator: 'sum',
      };
      queueMicrotask(() =>
        worker.say({ kind: 'counts', question: message.question, counts: [value as never] }),
      );
    }
  };
  const { workers, start } = createFakes([counting, counting]);
  await start(2);
  workers[1]?.say({ kind: 'count-all', question: 9 });
  await settle();
  expect(workers[1]?.heard.at(-1)).toMatchObject({ kind: 'all-counts', question: 9 });
  expect(workers[1]?.heard.at(-1)).toHaveProperty('text', expect.stringContaining('requests 4\n'));
});
