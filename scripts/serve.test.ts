/** `npm start` as a person meets it: what it says before it serves, and how it ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { assertPortFree } from './serve/assert-port-free.ts';
import { explainListenError } from './serve/serve-error.ts';
import { SERVE_HELP } from './serve/serve-flags.ts';

/** Starting Node and the compiler takes a second here, and several on a machine that is busy with other tests. */
const PATIENCE_MS = 60_000;

const PROJECT = fileURLToPath(new URL('..', import.meta.url));

async function serve(...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/serve.ts', ...words], { cwd: PROJECT });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { stdout, stderr, code };
}

async function occupyPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

test(
  'help goes to stdout and is no failure',
  async () => {
    expect(await serve('--help')).toEqual({ stdout: `${SERVE_HELP}\n`, stderr: '', code: 0 });
  },
  PATIENCE_MS,
);

test(
  'each fault of the flags is a sentence, and nothing is started',
  async () => {
    expect(await serve('--port', 'x', '--prot')).toEqual({
      stdout: '',
      stderr: [
        'weir: There is no option --prot.',
        'weir: --port needs a whole number from 0 to 65535, not "x".',
        '',
      ].join('\n'),
      code: 1,
    });
  },
  PATIENCE_MS,
);

test(
  'a port in use is one sentence, said before any work is done',
  async () => {
    const port = await occupyPort();
    expect(await serve('--port', `${port}`, '--library', '/nowhere')).toEqual({
      stdout: '',
      stderr: `weir: Port ${port} of 127.0.0.1 is in use by another program: stop that one, or choose another port with --port.\n`,
      code: 1,
    });
  },
  PATIENCE_MS,
);

test(
  'a library that is no folder is one sentence',
  async () => {
    const { stderr, code } = await serve('--port', '0', '--library', fileURLToPath(import.meta.url));
    expect(stderr).toMatch(
      /^weir: The library .*serve\.test\.ts cannot be read \(ENOTDIR\): choose a folder.*\n$/,
    );
    expect(code).toBe(1);
  },
  PATIENCE_MS,
);

test('a free port is left free', async () => {
  const address = { host: '127.0.0.1', port: await freePort() };
  await assertPortFree(address);
  await assertPortFree(address);
  await expect(assertPortFree({ ...address, port: await occupyPort() })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

test.each([
  ['EADDRINUSE', 'Port 80 of here is in use'],
  ['EACCES', 'This user may not listen on port 80'],
  ['EADDRNOTAVAIL', 'here is no address of this machine'],
  ['ENOTFOUND', 'There is no host called "here"'],
])('%s is explained', (code, sentence) => {
  const error = Object.assign(new Error('system'), { code });
  expect(String(explainListenError(error, { host: 'here', port: 80 }))).toContain(sentence);
});

test('what has no explanation stays what it is', () => {
  const error = new Error('odd');
  expect(explainListenError(error, { host: 'here', port: 80 })).toBe(error);
});
