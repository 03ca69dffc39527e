/** How a command of the system ends, seen from set-up. */
import { expect, test } from 'vitest';
import { runCommand } from './run-command.mjs';

const node = (code: string): readonly string[] => [process.execPath, '-e', code];

const run = (command: readonly string[], timeout = 20, signal = new AbortController().signal) =>
  runCommand(command, { timeout, signal });

test('a command that goes well gives what it printed', async () => {
  expect(await run(node('console.log(1)'))).toEqual({ stdout: '1\n', fault: undefined });
});

test('a failure is said in the words of the tool', async () => {
  const faultOf = async (output: string): Promise<string | undefined> =>
    (await run(node(`console.error(${JSON.stringify(output)}); process.exit(3)`))).fault;
  expect(await faultOf('E: Unable to locate package x\n')).toBe('Unable to locate package x');
  expect(await faultOf('npm error code E404\nnpm error 404 Not Found\nnpm error A log is in x')).toBe(
    '404 Not Found',
  );
  expect(await faultOf('first\nlast\n\n')).toBe('last');
  expect(await faultOf('')).toBe('it ended with exit code 3');
});

test('a program that is missing, or is none, is a failure like others', async () => {
  expect(await run(['/no/such/program'])).toMatchObject({ fault: 'it is not there' });
  expect(await run([import.meta.filename])).toMatchObject({ fault: 'it may not be executed' });
});

test('what takes too long is stopped', async () => {
  expect(await run(node('setInterval(() => {}, 1000)'), 0.3)).toMatchObject({
    fault: 'it took longer than 0.3 s',
  });
});

test('nothing waits for an answer on standard input', async () => {
  expect(await run(node('process.stdin.resume().on("end", () => console.log("end"))'))).toMatchObject({
    stdout: 'end\n',
  });
});

test('an abort stops it and is no failure of the tool', async () => {
  const controller = new AbortController();
  const running = run(node('setInterval(() => {}, 1000)'), 20, controller.signal);
  controller.abort(new Error('stop'));
  await expect(running).rejects.toThrow('stop');
});
