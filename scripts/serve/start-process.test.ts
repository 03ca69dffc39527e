/** One process that serves: what goes wrong outside of any answer does not end it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';

const SCRIPT = `
import { startProcess } from ${JSON.stringify(new URL('start-process.ts', import.meta.url).href)};
const options = { host: '127.0.0.1', port: 0, library: '/nowhere', log: 'warn', cacheMemory: 0 };
const server = await startProcess(options);
setTimeout(() => { throw new Error('thrown'); });
Promise.reject(new Error('rejected'));
setTimeout(() => console.log(server.url), 10);
`;

test('an exception that nobody catches is a line in the log, and the server goes on', async () => {
  const words = ['--import', 'tsx', '--input-type=module', '-e', SCRIPT];
  const child = spawn(process.execPath, words);
  onTestFinished(() => void child.kill('SIGKILL'));
  const errors = text(child.stderr);
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  expect((await fetch(`${url}healthz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await errors).toMatch(
    /"message":"rejected"[\s\S]*"message":"thrown"|"message":"thrown"[\s\S]*"rejected"/,
  );
}, 60_000);
