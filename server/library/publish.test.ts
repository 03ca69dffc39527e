/** Publishing: a title is there whole or not at all, and its predecessor stays for those who are watching it. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { openPartial, type PartialTitle } from './publish.ts';
import { readTitle } from './read-title.ts';
import { describeTitle, publishTitle, versionedFiles } from './test-title.ts';
import { TITLE_FILE, type Title } from './title.ts';

async function makeLibrary(): Promise<string> {
  const library = await mkdtemp(join(tmpdir(), 'weir-publish-'));
  onTestFinished(() => rm(library, { recursive: true, force: true }));
  return library;
}

const HOUR_MS = 3_600_000;
const START_MS = Date.parse('2026-05-01T00:00:00Z');
const CONFIG = { graceSeconds: 24 * 3600, maxFormer: 2 };

/** Publishes a film that says `text`, so many hours after the beginning; resolves with its version. */
async function publishFilm(library: string, text: string, hours: number): Promise<string> {
  const { version, files } = versionedFiles({ 'v720.mp4': Buffer.from(text) });
  const now = () => new Date(START_MS + hours * HOUR_MS);
  await publishTitle(library, 'film', files, { config: CONFIG, now, changes: { version } });
  return version;
}

async function titleIn(library: string) {
  return readTitle(JSON.parse(await readFile(join(library, 'film', TITLE_FILE), 'utf8')));
}

/** Names in the title's folder, without those of the title's own files. */
async function versionsIn(library: string): Promise<string[]> {
  const names = await readdir(join(library, 'film'));
  return names.filter((name) => !name.startsWith('manifest.mpd') && name !== TITLE_FILE).sort();
}

test('a title appears only when it is published, with its title.json', async () => {
  const library = join(await makeLibrary(), 'made', 'on', 'demand');
  const partial = await openPartial(library, 'film');
  await writeFile(join(partial.directory, 'manifest.mpd'), 'new');
  expect((await readdir(library)).filter((name) => !name.startsWith('.'))).toEqual([]);
  const title = await partial.publish(describeTitle('film', { 'manifest.mpd': Buffer.from('new') }));
  expect(await readdir(library)).toEqual(['film']);
  expect((await readdir(join(library, 'film'))).sort()).toEqual(['manifest.mpd', TITLE_FILE]);
  expect(await titleIn(library)).toEqual(title);
});

test('text lies compressed beside itself, with what a server must know of it', async () => {
  const library = await makeLibrary();
  const mpd = Buffer.from('<MPD></MPD>'.repeat(100));
  const title = await publishTitle(library, 'film', { 'manifest.mpd': mpd, 'v720.mp4': mpd });
  const { br, gzip } = title.files['manifest.mpd']?.encoded ?? {};
  const compressed = await readFile(join(library, 'film', 'manifest.mpd.br'));
  expect(brotliDecompressSync(compressed).equals(mpd)).toBe(true);
  expect(describeTitle('x', { x: compressed }).files['x']).toMatchObject(br ?? {});
  expect(gunzipSync(await readFile(join(library, 'film', 'manifest.mpd.gz'))).equals(mpd)).toBe(true);
  expect(gzip?.bytes).toBeLessThan(mpd.length);
  expect(title.files['v720.mp4']).not.toHaveProperty('encoded');
});

test('a title published again keeps the versions of the last day, and no more than it may', async () => {
  const library = await makeLibrary();
  const a = await publishFilm(library, 'a', 0);
  const b = await publishFilm(library, 'b', 1);
  expect(await versionsIn(library)).toEqual([a, b].sort());
  expect(await titleIn(library)).toMatchObject({
    version: b,
    former: [
      { version: a, replaced: '2026-05-01T01:00:00.000Z', files: { [`${a}/v720.mp4`]: { bytes: 1 } } },
    ],
  });
  const c = await publishFilm(library, 'c', 2);
  expect((await titleIn(library)).former?.map(({ version }) => version)).toEqual([b, a]);
  const d = await publishFilm(library, 'd', 3);
  expect((await titleIn(library)).former?.map(({ version }) => version)).toEqual([c, b]);
  expect(await versionsIn(library)).toEqual([b, c, d].sort());
  const e = await publishFilm(library, 'e', 26);
  expect((await titleIn(library)).former?.map(({ version }) => version)).toEqual([d, c]);
  const f = await publishFilm(library, 'f', 100);
  expect((await titleIn(library)).former?.map(({ version }) => version)).toEqual([e]);
  expect(await versionsIn(library)).toEqual([e, f].sort());
});

test('the same content again is no former version of itself, and an earlier one that returns is one no longer', async () => {
  const library = await makeLibrary();
  const a = await publishFilm(library, 'a', 0);
  expect(await publishFilm(library, 'a', 1)).toBe(a);
  expect(await titleIn(library)).not.toHaveProperty('former');
  const b = await publishFilm(library, 'b', 2);
  await publishFilm(library, 'a', 3);
  expect((await titleIn(library)).former?.map(({ version }) => version)).toEqual([b]);
  expect(await readFile(join(library, 'film', a, 'v720.mp4'), 'utf8')).toBe('a');
});

test('whatever else was in the place of a title goes: ruins, titles of before there were versions', async () => {
  const library = await makeLibrary();
  await mkdir(join(library, 'film', 'old'), { recursive: true });
  await writeFile(join(library, 'film', 'old', 'video.mp4'), 'old');
  await writeFile(join(library, 'film', TITLE_FILE), '{"format":1');
  const a = await publishFilm(library, 'a', 0);
  expect(await versionsIn(library)).toEqual([a]);
  expect(await titleIn(library)).not.toHaveProperty('former');
});

test('a file in the place of a title is not overwritten', async () => {
  const library = await makeLibrary();
  await writeFile(join(library, 'film'), 'notes');
  await expect(publishFilm(library, 'a', 0)).rejects.toThrow('is no folder: remove it first.');
  expect(await readFile(join(library, 'film'), 'utf8')).toBe('notes');
});

/** As another process would: what it makes is told apart by its number. */
async function openAs(pid: number, library: string, id: string): Promise<PartialTitle> {
  const own = process.pid;
  Object.defineProperty(process, 'pid', { value: pid });
  try {
    return await openPartial(library, id, { config: { ...CONFIG, maxFormer: 9 } });
  } finally {
    Object.defineProperty(process, 'pid', { value: own });
  }
}

test('of those who publish the same id at once one is the last, and the others are its former versions', async () => {
  const library = await makeLibrary();
  const versions = [await publishFilm(library, 'first', 0)];
  const publications: (() => Promise<Title>)[] = [];
  for (const text of ['a', 'b', 'c', 'd']) {
    const { version, files } = versionedFiles({ 'v720.mp4': Buffer.from(text) });
    const partial = await openAs(1_000_000 + versions.length, library, 'film');
    await mkdir(join(partial.directory, version));
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(partial.directory, name), bytes);
    publications.push(() => partial.publish({ ...describeTitle('film', files), version }));
    versions.push(version);
  }
  await Promise.all(publications.map((publish) => publish()));
  const { version, former = [] } = await titleIn(library);
  expect([version, ...former.map((each) => each.version)].sort()).toEqual(versions.sort());
  expect(await versionsIn(library)).toEqual(versions.sort());
});

test('what is discarded is gone, and discarding after publishing takes nothing away', async () => {
  const library = await makeLibrary();
  await (await openPartial(library, 'film')).discard();
  expect(await readdir(library)).toEqual([]);
  const partial = await openPartial(library, 'film');
  await partial.publish(describeTitle('film', {}));
  await partial.discard();
  expect(await readdir(library)).toEqual(['film']);
});

test('an id that would lead elsewhere is refused', async () => {
  await expect(openPartial(await makeLibrary(), '../film')).rejects.toThrow('"../film" is no title id.');
});
