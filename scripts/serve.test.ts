/** `npm start` as a person meets it: what it says before it serves, and how it ends. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { ask, begin } from '../server/http/test-client.ts';
import { makeLibrary, publishTitle } from '../server/library/test-title.ts';
import { makeKeyLine } from '../server/origin/token-keys.ts';
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

/** A server on some port, until its address is printed. It is killed at the end of the test, should it live then. */
async function startServing(library: string, ...words: string[]) {
  const all = ['--import', 'tsx', 'scripts/serve.ts', '--port', '0', '--library', library, ...words];
  return untilReady(spawn(process.execPath, all, { cwd: PROJECT }));
}

async function untilReady(child: ChildProcessWithoutNullStreams) {
  onTestFinished(() => void child.kill('SIGKILL'));
  const errors = text(child.stderr);
  const exit = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    const [, url] = /ready: (\S+)/.exec(line) ?? [];
    if (url) return { child, url, errors, exit };
  }
  throw new Error(`It did not start: ${await errors}`);
}

/** More than the system keeps for a client that does not read. */
const FILM_SIZE = 24 * 1024 * 1024;

async function makeLibraryWithFilm(): Promise<string> {
  const library = await makeLibrary();
  onTestFinished(() => rm(library, { recursive: true }));
  await publishTitle(library, 'film', {
    'manifest.mpd': Buffer.from('<MPD/>'),
    'v720.mp4': Buffer.alloc(FILM_SIZE),
  });
  return library;
}

const status = async (url: string) => (await fetch(url)).status;

test(
  'SIGTERM: not ready any more, but answering until the door closes; each request is a line, and none is lost',
  async () => {
    const { child, url, errors, exit } = await startServing(await makeLibraryWithFilm(), '--notice', '3');
    expect(await status(`${url}readyz`)).toBe(200);
    child.kill('SIGTERM');
    await expect.poll(() => status(`${url}readyz`)).toBe(503);
    expect(await status(`${url}media/film/manifest.mpd?CMCD=bs%2Cot%3Dm`)).toBe(200);
    expect(await exit).toEqual([0, null]);
    // Several workers write them: what one was asked last may stand before what another was asked first.
    const lines = (await errors).split('\n').filter((line) => line.startsWith('{'));
    expect(lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        msg: 'request',
        method: 'GET',
        url: '/media/film/manifest.mpd',
        status: 200,
        cmcd: { bs: true, ot: 'm' },
      }),
    );
  },
  PATIENCE_MS,
);

/** Processes that serve for `parent`. */
async function workersOf(parent: number | undefined): Promise<number[]> {
  const children = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8');
  const pids = children.trim().split(' ').map(Number);
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, i) => commands[i]?.includes('worker.ts'));
}

test.skipIf(process.platform !== 'linux')(
  'workers: one that is killed is replaced, the others go on, and all end together',
  async () => {
    const library = await makeLibraryWithFilm();
    const { child, url, errors, exit } = await startServing(library, '--workers', '2', '--log', 'problems');
    const mpd = `${url}media/film/manifest.mpd`;
    for (let i = 0; i < 6; i++) expect((await ask(mpd)).status).toBe(200);
    expect(await (await fetch(`${url}metrics`)).text()).toContain(
      'weir_http_requests_total{kind="media",status="200"} 6\n',
    );
    const film = `${url}media/film/v720.mp4`;
    const underWay = [await begin(film), await begin(film), await begin(film), await begin(film)];
    const [victim = 0] = await workersOf(child.pid);
    process.kill(victim, 'SIGKILL');
    const ends = await Promise.all(
      underWay.map((answer) => buffer(answer).then(({ length }) => length, String)),
    );
    expect(ends.sort()).toEqual([FILM_SIZE, FILM_SIZE, 'Error: aborted', 'Error: aborted']);
    await expect.poll(async () => (await workersOf(child.pid)).length, { timeout: PATIENCE_MS }).toBe(2);
    expect(await workersOf(child.pid)).not.toContain(victim);
    expect((await ask(mpd)).status).toBe(200);
    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
    expect(await errors).toContain('"end":"SIGKILL"');
  },
  PATIENCE_MS,
);

test.skipIf(process.platform !== 'linux')(
  'SIGTERM to the whole group, as systemd sends it: workers leave it to their supervisor, and give the same notice',
  async () => {
    const words = [
      '--port',
      '0',
      '--library',
      await makeLibraryWithFilm(),
      '--workers',
      '2',
      '--notice',
      '3',
    ];
    const command = ['--import', 'tsx', 'scripts/serve.ts', ...words];
    const options = { cwd: PROJECT, detached: true };
    const { child, url, exit } = await untilReady(spawn(process.execPath, command, options));
    const workers = await workersOf(child.pid);
    // A group is signalled in any order: the worst is that the workers hear it first.
    for (const pid of workers) process.kill(pid, 'SIGTERM');
    for (const _ of workers) expect((await ask(`${url}readyz`)).status).toBe(200);
    process.kill(-Number(child.pid), 'SIGTERM');
    await expect.poll(() => status(`${url}readyz`)).toBe(503);
    expect(await workersOf(child.pid)).toEqual(workers);
    expect((await ask(`${url}media/film/manifest.mpd`)).status).toBe(200);
    expect(await exit).toEqual([0, null]);
  },
  PATIENCE_MS,
);

test.skipIf(process.platform === 'win32')(
  'a system that allows few open files has room for few connections, but always for one more',
  async () => {
    const library = await makeLibraryWithFilm();
    const words = ['--port', '0', '--library', library, '--workers', '1'].join(' ');
    const command = `ulimit -n 96; exec "${process.execPath}" --import tsx scripts/serve.ts ${words}`;
    const { child, url, exit } = await untilReady(spawn('/bin/sh', ['-c', command], { cwd: PROJECT }));
    const { hostname, port } = new URL(url);
    for (let i = 0; i < 150; i++) {
      const idle = connect(Number(port), hostname).on('error', () => undefined);
      onTestFinished(() => void idle.destroy());
      await once(idle, 'connect');
    }
    expect((await ask(`${url}media/film/v720.mp4`)).body).toHaveLength(FILM_SIZE);
    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
  },
  PATIENCE_MS,
);

test(
  'with keys only the printed address leads to the film, and the log does not give it away',
  async () => {
    const library = await makeLibraryWithFilm();
    const keys = join(library, '.keys');
    await writeFile(keys, makeKeyLine('k1'));
    const { child, url, errors, exit } = await startServing(library, '--token-keys', keys);
    const words = ['--title', 'film', '--expires', '1h', '--keys', keys, '--base', url];
    const token = spawn(process.execPath, ['--import', 'tsx', 'scripts/token.ts', ...words], {
      cwd: PROJECT,
    });
    const address = (await text(token.stdout)).trim();
    expect(await status(address)).toBe(200);
    expect(await status(`${url}media/film/manifest.mpd`)).toBe(403);
    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
    const said = await errors;
    expect(said).toMatch(/"url":"\/t\/k1\.\d+\.film\/media\/film\/manifest\.mpd","status":200/);
    expect(said).not.toContain(/film\.([^/]{43})/.exec(address)?.[1]);
  },
  PATIENCE_MS,
);

test(
  'a file of keys that is no good is one sentence, before anything is done',
  async () => {
    const { stderr, code } = await serve('--token-keys', '/none/keys');
    expect(stderr).toBe('weir: The key file /none/keys cannot be read (ENOENT).\n');
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
