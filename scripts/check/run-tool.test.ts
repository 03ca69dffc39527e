/** How one of our tools ends, seen from the checks. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { runTool } from './run-tool.ts';

const run = (code: string, signal = new AbortController().signal) =>
  runTool('tsx', ['-e', code], { signal, output: 'keep' });

test('both streams are kept, and the exit code tells', async () => {
  expect(await run('console.log("out")')).toEqual({ isSuccess: true, output: 'out\n' });
  expect(await run('console.error("err"); process.exit(2)')).toEqual({ isSuccess: false, output: 'err\n' });
});

test('a tool that is not there is an error of ours', async () => {
  const options = { signal: new AbortController().signal, output: 'keep' } as const;
  await expect(runTool('no-such-tool', [], options)).rejects.toThrow('no-such-tool');
});

test('an abort interrupts the tool and waits until it is gone', async () => {
  const controller = new AbortController();
  const running = run('setInterval(() => {}, 1000)', controller.signal);
  controller.abort(new Error('stop'));
  await expect(running).rejects.toThrow('stop');
});

test('what an interrupted tool started goes with it, even an endless loop', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-tool-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'pid');
  const loop = `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); for (;;);`;
  const start = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(loop)}], { stdio: 'ignore' });`;
  const controller = new AbortController();
  const running = run(start, controller.signal);
  const pid = await vi.waitFor(() => readPid(file), 10_000);
  controller.abort(new Error('stop'));
  await expect(running).rejects.toThrow('stop');
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 10_000);
});

test('after an abort no tool is started', async () => {
  const options = { signal: AbortSignal.abort(new Error('stop')), output: 'keep' } as const;
  await expect(runTool('no-such-tool', [], options)).rejects.toThrow('stop');
});

function readPid(file: string): number {
  const pid = Number(readFileSync(file, 'utf8'));
  expect(pid).toBeGreaterThan(0);
  return pid;
}
