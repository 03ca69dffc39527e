/** The origin over a real socket and a real folder: what viewers get, and what the hostile and the unlucky get. */
import { createHash, randomBytes } from 'node:crypto';
import { readdir, readlink, rm, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createBlockCache } from '../cache/block-cache.ts';
import { createOpenFiles } from '../cache/open-files.ts';
import { DEFAULT_HTTP_LIMITS, listen } from '../http/http-server.ts';
import { silentLog } from '../http/log.ts';
import { ask, askRaw, begin } from '../http/test-client.ts';
import { createLibrary } from '../library/read-library.ts';
import { makeLibrary, publishTitle, TEST_VERSION, versionedFiles } from '../library/test-title.ts';
import { signToken } from './access-token.ts';
import { createOrigin, type OriginOptions } from './origin.ts';

const film = randomBytes(300_000);
const files = {
  'manifest.mpd': Buffer.from('<MPD/>'),
  'v720.mp4': film,
  'a128.m4a': Buffer.from('sound'),
  'poster.jpg': Buffer.from('picture'),
  'en.vtt': Buffer.from('WEBVTT'),
};

async function start({
  mostIdleFiles = 8,
  ...options
}: Partial<OriginOptions> & { mostIdleFiles?: number } = {}) {
  const directory = await makeLibrary();
  let time = 0;
  const library = createLibrary(directory, { now: () => time });
  const openFiles = createOpenFiles(mostIdleFiles);
  const cache = createBlockCache({ budget: 8 * 1024 * 1024, files: openFiles });
  const origin = createOrigin({ library, cache, log: silentLog, ...options });
  const server = await listen(origin, { host: '127.0.0.1', port: 0, limits: DEFAULT_HTTP_LIMITS });
  onTestFinished(async () => {
    await server.close();
    await openFiles.close();
    await rm(directory, { recursive: true });
  });
  const later = () => {
    time += 1;
  };
  return { directory, url: server.url, later };
}

test('each kind of file has its type, its tag from its checksum, and opens to every origin', async () => {
  const { directory, url } = await start();
  await publishTitle(directory, 'film', files);
  const types = {
    'manifest.mpd': 'application/dash+xml',
    'v720.mp4': 'video/mp4',
    'a128.m4a': 'audio/mp4',
    'poster.jpg': 'image/jpeg',
    'en.vtt': 'text/vtt',
  };
  for (const [name, type] of Object.entries(types)) {
    const content = files[name as keyof typeof files];
    const { status, headers, body } = await ask(`${url}media/film/${name}`);
    expect([status, headers['content-type']]).toEqual([200, type]);
    expect(headers.etag).toBe(`"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`);
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringContaining('Content-Range'),
      'cross-origin-resource-policy': 'cross-origin',
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'timing-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    });
    expect(body.equals(content)).toBe(true);
  }
});

test('what may be replaced is kept for seconds, what lies in a version for ever, errors never', async () => {
  const { directory, url } = await start();
  const lasting = `${TEST_VERSION}/v720.mp4`;
  await publishTitle(directory, 'film', { ...files, 'master.m3u8': Buffer.from('#EXTM3U'), [lasting]: film });
  const cacheControl = async (path: string, headers = {}) =>
    (await ask(url + path, { headers })).headers['cache-control'];
  for (const name of ['manifest.mpd', 'master.m3u8', 'en.vtt']) {
    expect(await cacheControl(`media/film/${name}`)).toBe('public, max-age=2, stale-while-revalidate=10');
  }
  const always = 'public, max-age=31536000, immutable';
  expect(await cacheControl(`media/film/${lasting}`)).toBe(always);
  expect(await cacheControl(`media/film/${lasting}`, { range: 'bytes=0-9' })).toBe(always);
  const tag = createHash('sha256').update(film).digest('hex').slice(0, 32);
  expect(await cacheControl(`media/film/${lasting}`, { 'if-none-match': `"${tag}"` })).toBe(always);
  expect(await cacheControl(`media/film/${lasting}`, { range: 'bytes=900000-' })).toBe('no-store');
  expect(await cacheControl('media/film/none.mp4')).toBe('no-store');
});

test('text comes as the client likes it, each form under its own tag, with ranges of its own bytes; media never', async () => {
  const { directory, url } = await start();
  const mpd = Buffer.from('<MPD><Period/></MPD>'.repeat(100));
  await publishTitle(directory, 'film', {
    ...files,
    'manifest.mpd': mpd,
    'v720.mp4': mpd,
    'poster.jpg': mpd,
  });
  const get = (headers: Record<string, string>, name = 'manifest.mpd') =>
    ask(`${url}media/film/${name}`, { headers });
  const plain = await get({});
  const br = await get({ 'accept-encoding': 'gzip, br' });
  const gzip = await get({ 'accept-encoding': 'br;q=0, *' });
  expect([plain, br, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([
    undefined,
    'br',
    'gzip',
  ]);
  expect(plain.body.equals(mpd) && brotliDecompressSync(br.body).equals(mpd)).toBe(true);
  expect(gunzipSync(gzip.body).equals(mpd)).toBe(true);
  for (const { headers } of [plain, br, gzip]) {
    expect(headers).toMatchObject({ vary: 'accept-encoding', 'content-type': 'application/dash+xml' });
  }
  const tags = [plain, br, gzip].map(({ headers }) => `${headers.etag}`);
  expect(new Set(tags).size).toBe(3);

  const wish = { 'accept-encoding': 'br' };
  const part = await get({ ...wish, range: 'bytes=3-9', 'if-range': tags[1] ?? '' });
  expect([part.status, part.headers['content-encoding']]).toEqual([206, 'br']);
  expect(part.headers['content-range']).toBe(`bytes 3-9/${br.body.length}`);
  expect(part.body.equals(br.body.subarray(3, 10))).toBe(true);
  const other = await get({ ...wish, range: 'bytes=3-9', 'if-range': tags[0] ?? '' });
  expect(other.status).toBe(200);
  const known = await get({ ...wish, 'if-none-match': tags[1] ?? '' });
  expect([known.status, known.headers.vary, known.headers.etag]).toEqual([304, 'accept-encoding', tags[1]]);
  expect((await get({ ...wish, 'if-none-match': tags[0] ?? '' })).status).toBe(200);

  for (const name of ['v720.mp4', 'poster.jpg']) {
    const { headers } = await get(wish, name);
    for (const absent of ['content-encoding', 'vary']) expect(headers).not.toHaveProperty(absent);
  }
});

test('a document out of the library can do nothing in a browser', async () => {
  const { directory, url } = await start();
  await publishTitle(directory, 'film', { ...files, 'report.html': Buffer.from('<script>1</script>') });
  const policyOf = async (name: string) =>
    (await ask(`${url}media/film/${name}`)).headers['content-security-policy'];
  expect(await policyOf('report.html')).toMatch(/^sandbox; default-src 'none';/);
  expect(await policyOf('v720.mp4')).toBeUndefined();
});

type Edition = ReturnType<typeof versionedFiles>;

const makeEdition = (text: string): Edition =>
  versionedFiles({ 'v720.mp4': randomBytes(50_000), 'en.vtt': Buffer.from(text.repeat(99)) });

/** What a player does: the MPD once, then ranges of what it names, at addresses relative to it. */
async function beginViewing(url: string) {
  const mpd = `${url}media/film/manifest.mpd`;
  const { body } = await ask(mpd);
  const base = new URL(/<BaseURL>(.*)<\/BaseURL>/.exec(body.toString())?.[1] ?? '', mpd);
  return (name: string, first: number, last: number) =>
    ask(new URL(name, base), { headers: { range: `bytes=${first}-${last}` } });
}

async function expectToSee(
  view: Awaited<ReturnType<typeof beginViewing>>,
  { version, files }: Edition,
): Promise<void> {
  for (const name of ['v720.mp4', 'en.vtt']) {
    const whole = Buffer.from(files[`${version}/${name}`] ?? '');
    for (const first of [0, 100, whole.length - 150]) {
      const { status, headers, body } = await view(name, first, first + 149);
      expect([status, headers['cache-control']]).toEqual([206, 'public, max-age=31536000, immutable']);
      expect(body.equals(whole.subarray(first, first + 150)), `${name} from ${first}`).toBe(true);
    }
  }
}

test('who is in the middle of a title that is published again goes on with the old one; a newcomer gets the new one', async () => {
  const { directory, url, later } = await start();
  const publish = async ({ version, files }: Edition, day: number) => {
    const created = `2026-01-0${day}T00:00:00.000Z`;
    await publishTitle(directory, 'film', files, {
      changes: { version, created },
      now: () => new Date(created),
    });
    later();
  };
  const [one, two, three] = [makeEdition('one'), makeEdition('two'), makeEdition('three')];
  await publish(one, 1);
  const early = await beginViewing(url);
  await expectToSee(early, one);
  await publish(two, 2);
  await expectToSee(early, one);
  const late = await beginViewing(url);
  await expectToSee(late, two);
  await expectToSee(early, one);
  await publish(three, 4);
  await expectToSee(await beginViewing(url), three);
  await expectToSee(late, two);
  expect((await early('v720.mp4', 0, 9)).status).toBe(404);
});

test('a query (CMCD) changes nothing', async () => {
  const { directory, url } = await start();
  await publishTitle(directory, 'film', files);
  const plain = await ask(`${url}media/film/v720.mp4`);
  const asked = await ask(`${url}media/film/v720.mp4?CMCD=br%3D1500%2Cot%3Dv&..%2f`);
  expect(asked.status).toBe(200);
  expect(asked.headers.etag).toBe(plain.headers.etag);
});

test('OPTIONS is a preflight that may be remembered; what would change media is refused', async () => {
  const { url } = await start();
  const preflight = await ask(`${url}media/film/v720.mp4`, { method: 'OPTIONS' });
  expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-max-age': '86400' } });
  expect(preflight.headers['access-control-allow-headers']).toContain('Range');
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE']) {
    const { status, headers } = await ask(`${url}media/film/v720.mp4`, { method });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  }
});

test('hostile targets get 400 or 404, and never a byte from outside the library', async () => {
  const { directory, url } = await start();
  await publishTitle(directory, 'film', files);
  const targets = [
    '/media/../../../../etc/passwd',
    '/media/film/../../../etc/passwd',
    '/media/..%2f..%2f..%2fetc/passwd',
    '/media/%2e%2e/%2e%2e/etc/passwd',
    '/media/film/..\\..\\etc\\passwd',
    '/media/film/%5c..%5cetc%5cpasswd',
    '/media/film/manifest.mpd%00.jpg',
    '/media/%zz/manifest.mpd',
    '/media/film/%',
    '/media/film/title.json',
    '/media/film/',
    '/media/film',
    '/media/',
    '/media//film/manifest.mpd',
    '/media/film/manifest.mpd/',
    '/media/FILM/manifest.mpd',
    '/media/.partial-film/manifest.mpd',
    '/media/__proto__/constructor',
    '/media/film/__proto__',
    `/media/film/${'a'.repeat(7000)}`,
    `/media/${'../'.repeat(2000)}etc/passwd`,
    'http://elsewhere/media/film/../../etc/passwd',
    '/media/film/\xff\xfe',
  ];
  for (const target of targets) {
    const reply = await askRaw(url, `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(reply, target).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(reply).not.toContain('root:');
  }
});

test('a lost file is one clear sentence; the others of its title go on', async () => {
  const { directory, url } = await start();
  await publishTitle(directory, 'film', files);
  await unlink(join(directory, 'film', 'en.vtt'));
  const { status, headers, body } = await ask(`${url}media/film/en.vtt`);
  expect(status).toBe(500);
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' });
  expect(body.toString()).toBe('The title "film" cannot be served: "en.vtt" is missing.\n');
  expect((await ask(`${url}media/film/manifest.mpd`)).status).toBe(200);
});

test('a file cut short while its size is known ends in a clear error, before a byte is promised', async () => {
  const { directory, url } = await start();
  await publishTitle(directory, 'film', files);
  expect((await ask(`${url}media/film/v720.mp4`, { method: 'HEAD' })).status).toBe(200);
  await truncate(join(directory, 'film', 'v720.mp4'), 1000);
  const { status, body } = await ask(`${url}media/film/v720.mp4`, { headers: { range: 'bytes=0-9' } });
  expect(status).toBe(500);
  expect(body.toString()).toContain('"v720.mp4" has 1000 bytes where title.json says 300000.');
});

test('a file cut short in the middle of an answer breaks that answer alone', async () => {
  const { directory, url } = await start();
  await publishTitle(directory, 'film', { ...files, 'v720.mp4': Buffer.alloc(24 * 1024 * 1024) });
  const answer = await begin(`${url}media/film/v720.mp4`);
  await truncate(join(directory, 'film', 'v720.mp4'), 1000);
  await expect(buffer(answer)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect((await ask(`${url}media/film/en.vtt`)).status).toBe(200);
});

test('a title published again is served with its own tags and bytes after a second; an answer under way keeps the old ones', async () => {
  const { directory, url, later } = await start();
  const large = randomBytes(24 * 1024 * 1024);
  await publishTitle(directory, 'film', { ...files, 'v720.mp4': large });
  const underWay = await begin(`${url}media/film/v720.mp4`);
  await publishTitle(directory, 'film', files);
  later();
  const fresh = await ask(`${url}media/film/v720.mp4`, {
    headers: { range: 'bytes=0-9', 'if-range': underWay.headers.etag ?? '' },
  });
  expect(fresh.status).toBe(200);
  expect(fresh.body.equals(film)).toBe(true);
  expect(fresh.headers.etag).not.toBe(underWay.headers.etag);
  const old: Buffer[] = [];
  for await (const chunk of underWay) old.push(chunk as Buffer);
  expect(Buffer.concat(old).equals(large)).toBe(true);
});

test('a title that appears and goes while the server runs', async () => {
  const { directory, url, later } = await start();
  expect((await ask(`${url}media/film/en.vtt`)).status).toBe(404);
  await publishTitle(directory, 'film', files);
  expect((await ask(`${url}media/film/en.vtt`)).status).toBe(200);
  await rm(join(directory, 'film'), { recursive: true });
  later();
  expect((await ask(`${url}media/film/en.vtt`)).status).toBe(404);
});

/** Paths of this process's open files; where the system does not tell, nothing. */
async function pathsOpen(): Promise<string[]> {
  const numbers = await readdir('/proc/self/fd').catch(() => []);
  return Promise.all(numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => '')));
}

test.skipIf(process.platform !== 'linux')('clients that leave in the middle leave no file open', async () => {
  const { directory, url } = await start({ mostIdleFiles: 0 });
  await publishTitle(directory, 'film', { ...files, 'v720.mp4': Buffer.alloc(24 * 1024 * 1024) });
  const answers = await Promise.all(Array.from({ length: 20 }, () => begin(`${url}media/film/v720.mp4`)));
  expect((await pathsOpen()).filter((path) => path.startsWith(directory)).length).toBeGreaterThan(0);
  for (const answer of answers) answer.destroy();
  await vi.waitFor(async () => {
    expect((await pathsOpen()).filter((path) => path.startsWith(directory))).toEqual([]);
  });
});

const KEYS = [{ id: 'k1', secret: Buffer.alloc(32, 1) }] as const;
const NOW = 1_800_000_000;

test('with keys media is for those who have a token; a relative address inherits it', async () => {
  const { directory, url } = await start({ keys: KEYS, now: () => NOW });
  const { version, files: versioned } = versionedFiles({ 'v720.mp4': film });
  await publishTitle(directory, 'film', versioned, { changes: { version } });
  await publishTitle(directory, 'other', versioned, { changes: { version } });
  const token = signToken({ title: 'film', expires: NOW + 90 }, KEYS[0]);
  const mpd = new URL(`t/${token}/media/film/manifest.mpd`, url);
  const manifest = await ask(mpd);
  expect([manifest.status, manifest.headers['cache-control']]).toEqual([
    200,
    'public, max-age=2, must-revalidate',
  ]);
  const media = new URL(`${version}/v720.mp4`, mpd);
  const part = await ask(media, { headers: { range: 'bytes=0-9' } });
  expect([part.status, part.headers['cache-control']]).toEqual([
    206,
    'public, max-age=90, immutable, must-revalidate',
  ]);
  expect(part.body.equals(film.subarray(0, 10))).toBe(true);
  const refused = [
    ['media/film/manifest.mpd', 'needs a token'],
    [`t/${token}/media/other/manifest.mpd`, 'for the title "film" alone'],
    [`t/${token}x/media/film/manifest.mpd`, 'cut off or changed'],
    [`t/${token}/media/`, 'for the title "film" alone'],
    [`t/${signToken({ title: 'film', expires: NOW - 90 }, KEYS[0])}/media/film/manifest.mpd`, 'expired'],
  ] as const;
  for (const [path, sentence] of refused) {
    const { status, headers, body } = await ask(url + path);
    expect([status, headers['cache-control'], headers['access-control-allow-origin']]).toEqual([
      403,
      'no-store',
      '*',
    ]);
    expect(body.toString()).toContain(sentence);
  }
  expect((await ask(media, { method: 'OPTIONS' })).status).toBe(204);
});

test('the answer to a token is the same thing under the same tag, and never fresh beyond the token', async () => {
  const { directory, url } = await start({ keys: KEYS, now: () => NOW });
  await publishTitle(directory, 'film', files);
  const get = (expires: number) =>
    ask(`${url}t/${signToken({ title: 'film', expires }, KEYS[0])}/media/film/manifest.mpd`);
  const [long, short, late] = [await get(NOW + 9000), await get(NOW + 1), await get(NOW - 30)];
  expect(short.headers.etag).toBe(long.headers.etag);
  expect([long, short, late].map(({ headers }) => headers['cache-control'])).toEqual([
    'public, max-age=2, must-revalidate',
    'public, max-age=1, must-revalidate',
    'public, max-age=0, must-revalidate',
  ]);
});

test('without keys a token is no address', async () => {
  const { directory, url } = await start();
  await publishTitle(directory, 'film', files);
  const token = signToken({ title: 'film', expires: NOW }, KEYS[0]);
  expect((await ask(`${url}t/${token}/media/film/manifest.mpd`)).status).toBe(404);
});
