/** One at a time, and nobody waits for the dead. */
import { spawnSync } from 'node:child_process';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { withLock } from './lock.mjs';

async function createPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-lock-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'cache', 'setup.lock');
}

function listen(): { signal: AbortSignal; say: (line: string) => void; said: string[]; abort: () => void } {
  const controller = new AbortController();
  const said: string[] = [];
  return { signal: controller.signal, say: (line) => said.push(line), said, abort: () => controller.abort() };
}

test('of many at once only one works, and all come to work', async () => {
  const path = await createPath();
  let working = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    working += 1;
    expect(working).toBe(1);
    await nextTurn();
    working -= 1;
    done += 1;
  };
  await Promise.all(Array.from({ length: 4 }, () => withLock(path, listen(), work)));
  expect(done).toBe(4);
  expect(existsSync(path)).toBe(false);
});

test('work that fails lets go', async () => {
  const path = await createPath();
  const failing = withLock(path, listen(), () => Promise.reject(new Error('no network')));
  await expect(failing).rejects.toThrow('no network');
  expect(await withLock(path, listen(), async () => 'done')).toBe('done');
});

test('a process that is gone holds nothing', async () => {
  const path = await createPath();
  const { pid } = spawnSync(process.execPath, ['--version']);
  await withLock(path, listen(), async () => {});
  writeFileSync(path, String(pid));
  const listener = listen();
  expect(await withLock(path, listener, async () => 'done')).toBe('done');
  expect(listener.said).toEqual([]);
});

test('nor does one that took the lock hours ago: its number may be another by now', async () => {
  const path = await createPath();
  await withLock(path, listen(), async () => {});
  writeFileSync(path, String(process.ppid));
  utimesSync(path, 1, 1);
  expect(await withLock(path, listen(), async () => 'done')).toBe('done');
});

test('who waits says so once, and can be stopped', async () => {
  const path = await createPath();
  await withLock(path, listen(), async () => {});
  writeFileSync(path, String(process.ppid));
  const { abort, said, signal } = listen();
  const say = (line: string): void => {
    said.push(line);
    abort();
  };
  await expect(withLock(path, { signal, say }, async () => 'done')).rejects.toThrow();
  expect(said).toEqual([`waiting for the set-up that process ${process.ppid} is doing`]);
  expect(existsSync(path)).toBe(true);
});
