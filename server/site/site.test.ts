/** Pages, API and probes over a real socket, with a small build and a small library. */
import { mkdir, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_HTTP_LIMITS, listen } from '../http/http-server.ts';
import { silentLog } from '../http/log.ts';
import { createMetrics } from '../http/metrics.ts';
import { ask, askRaw } from '../http/test-client.ts';
import { compressText } from '../library/compress-text.ts';
import { createLibrary } from '../library/read-library.ts';
import { describeTitle, makeLibrary, publishTitle } from '../library/test-title.ts';
import { encodedName } from '../library/title.ts';
import { summarize } from './api.ts';
import { createSite } from './site.ts';

const files = { 'manifest.mpd': Buffer.from('<MPD/>'), 'poster.jpg': Buffer.from('picture') };

const built: Readonly<Record<string, string>> = {
  'site/index.html': `<title>library</title>${'<p>film</p>'.repeat(200)}`,
  'site/watch.html': '<title>watch</title>',
  'site/play.html': '<title>play</title>',
  'site/assets/library-abc.js': `const a = 1;${' '.repeat(2000)}`,
  'site/assets/picture-abc.png': 'x'.repeat(2000),
  'site/.vite/manifest.json': '{}',
  'weir.js': 'export {};',
  'weir-video.js': 'export {};',
};

const cacheCounts = { hitBytes: 5, missBytes: 7, residentBytes: 9 };

async function build(dist: string): Promise<void> {
  for (const [path, content] of Object.entries(built)) {
    await mkdir(join(dist, path, '..'), { recursive: true });
    await writeFile(join(dist, path), content);
  }
  const page = join(dist, 'site/index.html');
  for (const [coding, bytes] of await compressText(await readFile(page))) {
    await writeFile(encodedName(page, coding), bytes);
  }
}

async function start({ isMediaOpen = true } = {}) {
  const directory = await makeLibrary();
  const dist = await mkdtemp(join(tmpdir(), 'weir-dist-'));
  let isReady = true;
  const metrics = createMetrics({ openConnections: () => 0, cache: () => cacheCounts });
  const options = { library: createLibrary(directory), dist, log: silentLog, metrics };
  const site = createSite({ ...options, isReady: () => isReady, isMediaOpen });
  const server = await listen(site, { host: '127.0.0.1', port: 0, limits: DEFAULT_HTTP_LIMITS });
  onTestFinished(async () => {
    await server.close();
    await rm(directory, { recursive: true });
    await rm(dist, { recursive: true });
  });
  const stopBeingReady = () => {
    isReady = false;
  };
  return { url: server.url, directory, dist, stopBeingReady };
}

test('without a build the pages say what to do, and a build is found as soon as it is finished', async () => {
  const { url, dist } = await start();
  const before = await ask(url);
  expect([before.status, before.headers['retry-after']]).toEqual([503, '5']);
  expect(before.body.toString()).toContain('The pages are not built yet: run &quot;npm run build&quot;.');
  await build(dist);
  await unlink(join(dist, 'weir-video.js'));
  expect((await ask(url)).status).toBe(503);
  await build(dist);
  expect((await ask(url)).status).toBe(200);
});

test('each page has its address; what is no page is a 404', async () => {
  const { url, dist, directory } = await start();
  await build(dist);
  await publishTitle(directory, 'film', files);
  const titleAt = async (path: string) => {
    const { status, body } = await ask(url + path);
    return `${status} ${/<title>(.*)<\/title>/.exec(body.toString())?.[1]}`;
  };
  expect(await titleAt('')).toBe('200 library');
  expect(await titleAt('play?mpd=http://x/y.mpd')).toBe('200 play');
  expect(await titleAt('watch/film')).toBe('200 watch');
  expect(await titleAt('watch/film?autoplay=1')).toBe('200 watch');
  expect(await titleAt('watch/none')).toBe('404 watch');
  expect(await titleAt('watch/..%2f')).toBe('400 Bad Request · Weir');
  for (const path of [
    'foo',
    'index.html',
    'index.html.br',
    'watch.html',
    'assets/none.js',
    '.vite/manifest.json',
    'media',
  ]) {
    expect(await titleAt(path), path).toBe('404 Not Found · Weir');
  }
});

test('a damaged title has its page, with a status that says so', async () => {
  const { url, dist, directory } = await start();
  await build(dist);
  await publishTitle(directory, 'film', files);
  await unlink(join(directory, 'film', 'manifest.mpd'));
  expect(await ask(`${url}watch/film`)).toMatchObject({
    status: 500,
    headers: { 'cache-control': 'no-store' },
  });
});

test('pages are checked each time, hashed assets never again', async () => {
  const { url, dist } = await start();
  await build(dist);
  const page = await ask(url);
  expect(page.headers).toMatchObject({
    'cache-control': 'no-cache',
    'content-type': 'text/html; charset=utf-8',
  });
  expect((await ask(url, { headers: { 'if-none-match': `${page.headers.etag}` } })).status).toBe(304);
  const asset = await ask(`${url}assets/library-abc.js`);
  expect(asset.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
});

test('text is compressed as the client wishes, each encoding under its own tag; pictures never are', async () => {
  const { url, dist } = await start();
  await build(dist);
  const get = (path: string, accept: string) => ask(url + path, { headers: { 'accept-encoding': accept } });
  const [plain, br, gzip] = [await get('', 'identity'), await get('', 'gzip, br'), await get('', 'gzip')];
  expect(plain.headers).not.toHaveProperty('content-encoding');
  expect([br.headers['content-encoding'], gzip.headers['content-encoding']]).toEqual(['br', 'gzip']);
  expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true);
  expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true);
  expect(new Set([plain, br, gzip].map(({ headers }) => headers.etag)).size).toBe(3);
  for (const { headers } of [plain, br, gzip]) expect(headers.vary).toBe('accept-encoding');
  const picture = await get('assets/picture-abc.png', 'gzip, br');
  expect(picture.headers).not.toHaveProperty('content-encoding');
  expect(picture.headers).not.toHaveProperty('vary');
});

test('a range of a compressed file is a range of its compressed bytes; a reversed one is ignored', async () => {
  const { url, dist } = await start();
  await build(dist);
  const whole = await ask(url, { headers: { 'accept-encoding': 'br' } });
  const part = await ask(url, { headers: { 'accept-encoding': 'br', range: 'bytes=5-9' } });
  expect(part.status).toBe(206);
  expect(part.body.equals(whole.body.subarray(5, 10))).toBe(true);
  expect((await ask(url, { headers: { range: 'bytes=50-10' } })).status).toBe(200);
});

test('pages run the scripts of this server alone, and play media of any', async () => {
  const { url, dist } = await start();
  await build(dist);
  for (const path of ['', 'none', 'api/titles']) {
    const { headers } = await ask(url + path);
    const policy = `${headers['content-security-policy']}`.split(';');
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("connect-src 'self' http: https:");
    expect(headers).toMatchObject({
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('strict-transport-security');
  }
});

test('the libraries may be loaded by any page, the site may not', async () => {
  const { url, dist } = await start();
  await build(dist);
  for (const name of ['weir.js', 'weir-video.js']) {
    expect((await ask(url + name)).headers).toMatchObject({
      'access-control-allow-origin': '*',
      'content-type': 'text/javascript; charset=utf-8',
    });
  }
  expect((await ask(url)).headers).not.toHaveProperty('access-control-allow-origin');
});

test('the API lists titles, and damaged ones with their reason', async () => {
  const { url, directory } = await start();
  await publishTitle(directory, 'film', files);
  await mkdir(join(directory, 'torn'));
  const { headers, body } = await ask(`${url}api/titles`);
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  const film = {
    id: 'film',
    title: 'The film film',
    duration: 12.5,
    created: '2026-01-02T03:04:05.678Z',
    width: 1280,
    height: 720,
    poster: '/media/film/poster.jpg',
    manifest: '/media/film/manifest.mpd',
    hasAudio: true,
    hasVideo: true,
  };
  expect(JSON.parse(body.toString())).toEqual({
    titles: [film],
    damaged: [{ id: 'torn', reason: 'title.json is missing.' }],
  });
  expect(JSON.parse((await ask(`${url}api/titles/film`)).body.toString())).toEqual(film);
});

test('where media needs a token, pages are told of no picture', async () => {
  const { url, directory } = await start({ isMediaOpen: false });
  await publishTitle(directory, 'film', files);
  const { titles } = JSON.parse((await ask(`${url}api/titles`)).body.toString());
  for (const film of [...titles, JSON.parse((await ask(`${url}api/titles/film`)).body.toString())]) {
    expect(film).toMatchObject({ id: 'film' });
    expect(film).not.toHaveProperty('poster');
  }
});

test('a long list comes compressed, and not at all to who has it', async () => {
  const { url, directory } = await start();
  for (let i = 0; i < 10; i++) await publishTitle(directory, `film-${i}`, files);
  const wish = { 'accept-encoding': 'br' };
  const list = await ask(`${url}api/titles`, { headers: wish });
  expect(list.headers).toMatchObject({
    'content-encoding': 'br',
    vary: 'accept-encoding',
    'cache-control': 'no-cache',
  });
  expect(JSON.parse(brotliDecompressSync(list.body).toString()).titles).toHaveLength(10);
  const again = await ask(`${url}api/titles`, {
    headers: { ...wish, 'if-none-match': `${list.headers.etag}` },
  });
  expect(again.status).toBe(304);
  expect((await ask(`${url}api/titles/film-1`, { headers: wish })).headers).not.toHaveProperty(
    'content-encoding',
  );
});

test('the API says in JSON what is not there and what is broken', async () => {
  const { url, directory } = await start();
  await mkdir(join(directory, 'torn'));
  const failureAt = async (path: string) => {
    const { status, body } = await ask(url + path);
    return [status, JSON.parse(body.toString())];
  };
  expect(await failureAt('api/titles/none')).toEqual([
    404,
    { error: 'There is no such title in the library.' },
  ]);
  const damage = 'The title "torn" cannot be served: title.json is missing.';
  expect(await failureAt('api/titles/torn')).toEqual([500, { error: damage }]);
  expect(await failureAt('api/none')).toEqual([404, { error: 'The API has nothing at this address.' }]);
  expect((await failureAt('api/titles/%zz'))[0]).toBe(400);
});

test('a title without video has no size and no poster', () => {
  const { representations, ...title } = describeTitle('song', { 'manifest.mpd': Buffer.alloc(1) });
  const summary = summarize({
    ...title,
    representations: representations.filter(({ kind }) => kind === 'audio'),
  });
  expect(summary).toMatchObject({ hasAudio: true, hasVideo: false });
  for (const name of ['width', 'height', 'poster']) expect(summary).not.toHaveProperty(name);
});

test('the probes tell life, readiness and counts', async () => {
  const { url, stopBeingReady } = await start();
  expect((await ask(`${url}healthz`)).status).toBe(200);
  expect((await ask(`${url}readyz`)).status).toBe(200);
  stopBeingReady();
  expect((await ask(`${url}healthz`)).status).toBe(200);
  expect(await ask(`${url}readyz`)).toMatchObject({ status: 503, headers: { 'cache-control': 'no-store' } });
  const metrics = await ask(`${url}metrics`);
  expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
});

test('pages and API only read; hostile targets are refused', async () => {
  const { url, dist } = await start();
  await build(dist);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    expect(await ask(`${url}api/titles`, { method })).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  }
  const targets = [
    '/../package.json',
    '/assets/../../weir.js',
    '/assets/..%2f..%2fweir.js',
    '/%00',
    '/%zz',
    '/a\\b',
  ];
  for (const target of [...targets, '/watch/%2e%2e', `/${'a'.repeat(7000)}`, '/__proto__', '//watch/film']) {
    const reply = await askRaw(url, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(reply, target).toMatch(/^HTTP\/1\.1 40[04] /);
  }
});
