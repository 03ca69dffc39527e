/** Targets that nobody would send by mistake: whatever they are made of, nothing comes but what was published. */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { askRaw } from './http/test-client.ts';
import { publishTitle } from './library/test-title.ts';
import { startServer } from './main.ts';

const SECRET = 'nobody may read this';

/** Secrets lie beside the library, in it, in a title, and behind a link. */
async function start(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-hostile-'));
  const library = join(folder, 'library');
  await publishTitle(library, 'film', {
    'manifest.mpd': Buffer.from('<MPD/>'),
    'v.mp4': Buffer.from('media'),
  });
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'site'), { recursive: true });
  for (const page of ['site/index.html', 'site/watch.html', 'site/play.html', 'weir.js', 'weir-video.js']) {
    await writeFile(join(dist, page), 'page');
  }
  for (const place of [
    'secret',
    'library/secret',
    'library/film/secret',
    'library/film/.secret',
    'dist/.secret',
  ]) {
    await writeFile(join(folder, place), SECRET);
  }
  await symlink(join(folder, 'secret'), join(library, 'film', 'link'));
  const server = await startServer({ host: '127.0.0.1', port: 0, library, dist });
  onTestFinished(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  return server.url;
}

const piece = fc.oneof(
  fc.constantFrom(
    '/',
    '//',
    '..',
    '.',
    '/../',
    '/./',
    '\\',
    '%2f',
    '%2F',
    '%5c',
    '%2e',
    '%2e%2e',
    '%252e%252e%252f',
    '%c0%ae',
    '%00',
    '%zz',
    '%',
    ';',
    ';a=b',
    '?',
    '#',
    '&',
    '=',
    ':',
    '@',
    '~',
    '*',
  ),
  fc.constantFrom(
    'media',
    'MEDIA',
    't',
    'api',
    'titles',
    'watch',
    'play',
    'assets',
    'film',
    'FILM',
    'manifest.mpd',
    'v.mp4',
    'secret',
    '.secret',
    'link',
    'title.json',
    '.next',
    'library',
    'dist',
    'site',
    'etc/passwd',
    'weir.js',
    'http://x',
    'https://x:80',
    'file:///',
    'C:',
  ),
  fc.constantFrom(
    '\xff\xfe',
    '\xe2\x80\xae',
    '__proto__',
    'constructor',
    'a'.repeat(300),
    '%20',
    '%0d%0a',
    '\t',
  ),
);

const target = fc
  .tuple(
    fc.constantFrom('/', '/media/', '/media/film/', '/t/', '/watch/', '/api/titles/', ''),
    fc.array(piece, { maxLength: 8 }),
  )
  .map(([start, pieces]) => start + pieces.join(''))
  .filter((text) => text !== '' && !/[ \t]/.test(text));

test('no target, however odd, leads to a byte that was not published, nor to a fault', async () => {
  const url = await start();
  const statuses = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(target, fc.constantFrom('GET', 'HEAD', 'OPTIONS', 'PUT'), async (text, method) => {
      const reply = await askRaw(url, `${method} ${text} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      const status = reply.slice(9, 12);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(reply).not.toContain(SECRET);
      expect(reply).not.toContain('root:');
      expect(['200', '204', '400', '403', '404', '405', '302'], reply).toContain(status);
      if (status === '200' && text.startsWith('/media/')) expect(reply).toMatch(/<MPD\/>|media|\r\n\r\n$/);
    }),
    { numRuns: 2000 },
  );
  for (const status of ['200', '400', '404', '405'])
    expect(statuses.get(status) ?? 0, status).toBeGreaterThan(10);
}, 60_000);

test('a target longer than the limit is refused, and the server goes on', async () => {
  const url = await start();
  const status = async (text: string) =>
    (await askRaw(url, `GET ${text} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).slice(9, 12);
  expect(await status(`/media/film/${'a'.repeat(7000)}`)).toBe('404');
  expect(await status(`/media/film/${'a/'.repeat(3000)}`)).toBe('404');
  expect(await status(`/media/film/${'a'.repeat(9000)}`)).toBe('431');
  expect(await status('/media/film/manifest.mpd')).toBe('200');
});
