/** How one of our tools ends, seen from the checks. */
import { expect, test } from 'vitest';
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

test('after an abort no tool is started', async () => {
  const options = { signal: AbortSignal.abort(new Error('stop')), output: 'keep' } as const;
  await expect(runTool('no-such-tool', [], options)).rejects.toThrow('stop');
});
