/** The whole server: one address for media, pages and API, that survives a fault in a request and stops well. */
import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdir, rm, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { type Log, silentLog } from './http/log.ts';
import { ask, askRaw, begin } from './http/test-client.ts';
import { makeLibrary, publishTitle } from './library/test-title.ts';
import { type ServerOptions, startServer } from './main.ts';

const files = { 'manifest.mpd': Buffer.from('<MPD/>'), 'v720.mp4': randomBytes(16 * 1024 * 1024) };

/** Collects what is logged as `level message`. */
function createListLog(): { log: Log; lines: string[]; fields: object[] } {
  const lines: string[] = [];
  const fields: object[] = [];
  const at = (level: string) => (some: object, message: string) => {
    lines.push(`${level} ${message}`);
    fields.push(some);
  };
  return { log: { info: at('info'), warn: at('warn'), error: at('error') }, lines, fields };
}

async function start(log: Log = silentLog, options: Partial<ServerOptions> = {}) {
  const directory = await makeLibrary();
  await publishTitle(directory, 'film', files);
  const stop = new AbortController();
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    library: directory,
    signal: stop.signal,
    log,
    ...options,
  });
  onTestFinished(async () => {
    await server.close();
    await rm(directory, { recursive: true });
  });
  return { server, stop, directory, url: server.url };
}

test('media, API and probes share one address, also when the target is a whole URL', async () => {
  const { url, server } = await start();
  expect((await ask(`${url}media/film/manifest.mpd`)).status).toBe(200);
  expect((await ask(`${url}api/titles/film`)).status).toBe(200);
  expect((await ask(`${url}healthz`)).status).toBe(200);
  expect((await server.library.list()).titles).toHaveLength(1);
  const whole =
    'GET http://any.example/media/film/manifest.mpd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
  expect(await askRaw(url, whole)).toMatch(/^HTTP\/1\.1 200 .*<MPD\/>$/s);
});

test('without pages the site says so and the rest goes on', async () => {
  const { url } = await start();
  expect((await ask(url)).status).toBe(503);
  expect((await ask(`${url}media/film/manifest.mpd`)).status).toBe(200);
});

test('requests are counted by kind, and logged once they are over', async () => {
  const { log, lines, fields } = createListLog();
  const { url } = await start(log);
  await ask(`${url}media/film/manifest.mpd`);
  await ask(`${url}api/titles`);
  await ask(`${url}media/film/none`);
  const text = (await ask(`${url}metrics`)).body.toString();
  expect(text).toContain('weir_http_requests_total{kind="media",status="200"} 1\n');
  expect(text).toContain('weir_http_requests_total{kind="media",status="404"} 1\n');
  expect(text).toContain('weir_http_requests_total{kind="api",status="200"} 1\n');
  expect(lines.slice(0, 3)).toEqual(['info request', 'info request', 'info request']);
  expect(fields[0]).toMatchObject({ method: 'GET', url: '/media/film/manifest.mpd', status: 200 });
});

test('what a player tells by CMCD is logged and counted, and changes no byte', async () => {
  const { log, fields } = createListLog();
  const { url } = await start(log);
  const plain = await ask(`${url}media/film/manifest.mpd`);
  const told = await ask(`${url}media/film/manifest.mpd?CMCD=${encodeURIComponent('bs,mtp=4000,ot=m')}`);
  expect(told.body.equals(plain.body)).toBe(true);
  const { date: _, ...headers } = plain.headers;
  expect(told.headers).toMatchObject(headers);
  const broken = await ask(`${url}media/film/manifest.mpd?CMCD=%zz`, { headers: { 'CMCD-Status': 'bs' } });
  expect(broken.status).toBe(200);
  expect(fields[1]).toMatchObject({
    url: '/media/film/manifest.mpd',
    cmcd: { bs: true, mtp: 4000, ot: 'm' },
  });
  const text = (await ask(`${url}metrics`)).body.toString();
  expect(text).toContain('weir_cmcd_buffer_starvations_total{object_type="m"} 1\n');
  expect(text).toContain('weir_cmcd_broken_total 1\n');
});

test('a damaged title is one line in the log, however many ask for it', async () => {
  const { log, lines } = createListLog();
  const { url, directory } = await start(log);
  await unlink(join(directory, 'film', 'v720.mp4'));
  await mkdir(join(directory, 'torn'));
  for (let i = 0; i < 3; i++) {
    for (const path of ['media/film/v720.mp4', 'media/torn/manifest.mpd', 'api/titles/torn']) {
      expect((await ask(url + path)).status).toBe(500);
    }
  }
  expect(lines.filter((line) => line !== 'info request')).toEqual([
    'warn The title "film" is damaged: "v720.mp4" is missing.',
    'warn The title "torn" is damaged: title.json is missing.',
  ]);
});

test('whom a request is for must be said once', async () => {
  const { url } = await start();
  const status = async (head: string) =>
    (await askRaw(url, `${head}\r\nConnection: close\r\n\r\n`)).slice(9, 12);
  for (const target of ['/media/film/manifest.mpd', '/healthz']) {
    expect(await status(`GET ${target} HTTP/1.1\r\nHost: a`)).toBe('200');
    expect(await status(`GET ${target} HTTP/1.1\r\nHost: a\r\nHost: b`)).toBe('400');
    expect(await status(`GET ${target} HTTP/1.1\r\nHost: a/b`)).toBe('400');
    expect(await status(`GET ${target} HTTP/1.1`)).toBe('400');
    expect(await status(`GET ${target} HTTP/1.0`)).toBe('200');
  }
  expect(await status('OPTIONS * HTTP/1.1\r\nHost: a')).toBe('204');
  expect(await status('GET * HTTP/1.1\r\nHost: a')).toBe('400');
});

test('a fault of the server is a 500 for one request, told to the log and not to the client', async () => {
  const { log, lines } = createListLog();
  const { url, server } = await start(log);
  const { find } = server.library;
  Object.assign(server.library, { find: () => Promise.reject(new Error('secret')) });
  const { status, body } = await ask(`${url}media/film/manifest.mpd`);
  expect([status, body.toString()]).toEqual([
    500,
    'Something went wrong inside the server; its log says what.\n',
  ]);
  expect(lines).toContain('error A request failed.');
  Object.assign(server.library, {
    find: () => {
      throw new Error('at once');
    },
  });
  expect((await ask(`${url}media/film/manifest.mpd`)).status).toBe(500);
  Object.assign(server.library, { find });
  expect((await ask(`${url}media/film/manifest.mpd`)).status).toBe(200);
});

test('stopping lets a slow viewer finish, and refuses newcomers', async () => {
  const { url, stop, server } = await start();
  const slow = await begin(`${url}media/film/v720.mp4`);
  stop.abort();
  await expect(ask(`${url}readyz`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect((await buffer(slow)).equals(files['v720.mp4'])).toBe(true);
  await server.close();
});

test('before the door closes it says so: not ready, and still answering', async () => {
  const notice = new EventEmitter();
  const { url, stop, server } = await start(silentLog, { giveNotice: () => once(notice, 'over') });
  expect((await ask(`${url}readyz`)).status).toBe(200);
  stop.abort();
  const { status, headers } = await ask(`${url}readyz`);
  expect([status, headers.connection]).toEqual([503, 'close']);
  expect((await ask(`${url}healthz`)).status).toBe(200);
  expect((await ask(`${url}media/film/manifest.mpd`)).status).toBe(200);
  notice.emit('over');
  await server.close();
  await expect(ask(`${url}readyz`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('hundreds of slow connections do not keep a viewer out', async () => {
  const { url } = await start();
  const host = new URL(url);
  const open = async (text: string) => {
    const socket = connect(Number(host.port), host.hostname);
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined).pause();
    await once(socket, 'connect');
    socket.write(text);
  };
  const halfRequest = 'GET /media/film/v720.mp4 HTTP/1.1\r\nHost: x\r\n';
  for (let i = 0; i < 100; i++) {
    // Headers that never end; nothing at all; a film that nobody reads.
    await Promise.all([halfRequest, '', ...(i < 40 ? [`${halfRequest}\r\n`] : [])].map(open));
  }
  const { status, body } = await ask(`${url}media/film/v720.mp4`);
  expect([status, body.equals(files['v720.mp4'])]).toEqual([200, true]);
  expect((await ask(`${url}metrics`)).body.toString()).toContain('weir_http_open_connections 241\n');
});

test('more open files than the system allows is a clear 503 for a moment', async () => {
  const { url, server } = await start();
  const { find } = server.library;
  const exhausted = Object.assign(new Error('EMFILE: too many open files, /secret/path'), { code: 'EMFILE' });
  Object.assign(server.library, { find: () => Promise.reject(exhausted) });
  const { status, headers, body } = await ask(`${url}media/film/manifest.mpd`);
  expect([status, headers['retry-after']]).toEqual([503, '1']);
  expect(body.toString()).not.toContain('secret');
  Object.assign(server.library, { find });
  expect((await ask(`${url}media/film/manifest.mpd`)).status).toBe(200);
});

test('an aborted signal starts nothing', async () => {
  const signal = AbortSignal.abort(new Error('not today'));
  await expect(startServer({ host: '127.0.0.1', port: 0, library: '/', signal })).rejects.toThrow(
    'not today',
  );
});
