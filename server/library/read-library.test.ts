/** The library's index: what is published, replaced, deleted or broken while the server runs shows within a second. */
import { mkdir, rename, rm, symlink, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLibrary, type DamagedTitle } from './read-library.ts';
import { makeLibrary, publishTitle, versionedFiles } from './test-title.ts';

const files = { 'manifest.mpd': Buffer.from('<MPD/>'), 'v720.mp4': Buffer.from('0123456789') };

/** A library on disk and its index, with a clock that only `later` moves. */
async function open() {
  const directory = await makeLibrary();
  onTestFinished(() => rm(directory, { recursive: true }));
  let time = 0;
  const options = { now: () => time };
  const library = createLibrary(directory, options);
  const later = (seconds = 1) => {
    time += seconds;
  };
  return { directory, library, later, options };
}

test('an empty and a missing folder are empty libraries', async () => {
  const { directory, library } = await open();
  expect(await library.list()).toEqual({ titles: [], damaged: [] });
  expect(await createLibrary(join(directory, 'none')).list()).toEqual({ titles: [], damaged: [] });
});

test('lists titles newest first, and finds their files by name', async () => {
  const { directory, library } = await open();
  const old = await publishTitle(directory, 'old', files, {
    changes: { created: '2025-01-01T00:00:00Z' },
  });
  const young = await publishTitle(directory, 'young', files);
  expect((await library.list()).titles).toEqual([young, old]);
  expect(await library.title('old')).toEqual(old);
  const file = await library.find('young', 'v720.mp4');
  expect(file).toMatchObject({ name: 'v720.mp4', bytes: 10, type: 'video/mp4', modified: 1767323045 });
  const handle = await file?.open();
  expect(await handle?.readFile('utf8')).toBe('0123456789');
  await handle?.close();
});

test.each([
  ['film', 'title.json'],
  ['film', 'other.mp4'],
  ['film', ''],
  ['film', '../film/v720.mp4'],
  ['film', 'toString'],
  ['', 'v720.mp4'],
  ['.', 'v720.mp4'],
  ['..', 'v720.mp4'],
  ['.partial-film', 'v720.mp4'],
  ['Film', 'v720.mp4'],
  ['film/', 'v720.mp4'],
  ['none', 'v720.mp4'],
])('there is no file "%s" "%s"', async (id, name) => {
  const { directory, library } = await open();
  await publishTitle(directory, 'film', files);
  expect(await library.find(id, name)).toBeUndefined();
});

test('folders that begin with a dot, plain files and odd names are no titles', async () => {
  const { directory, library } = await open();
  await mkdir(join(directory, '.partial-film-1'));
  await mkdir(join(directory, 'lost+found'));
  await writeFile(join(directory, 'notes'), '');
  expect(await library.list()).toEqual({ titles: [], damaged: [] });
  expect(await library.title('notes')).toBeUndefined();
});

test('a published, a replaced and a deleted title show a second later, and not before', async () => {
  const { directory, library, later } = await open();
  expect((await library.list()).titles).toEqual([]);
  await publishTitle(directory, 'film', files);
  expect((await library.list()).titles).toEqual([]);
  later();
  expect((await library.list()).titles).toHaveLength(1);
  const before = await library.find('film', 'v720.mp4');
  await publishTitle(directory, 'film', { ...files, 'v720.mp4': Buffer.from('abc') });
  expect(await library.find('film', 'v720.mp4')).toBe(before);
  later();
  expect(await library.find('film', 'v720.mp4')).toMatchObject({ bytes: 3 });
  await rm(join(directory, 'film'), { recursive: true });
  later();
  expect(await library.find('film', 'v720.mp4')).toBeUndefined();
  expect((await library.list()).titles).toEqual([]);
});

test('what is not there is looked for again soon: another process may know of it already', async () => {
  const { directory, library, later } = await open();
  await publishTitle(directory, 'film', files);
  expect(await library.find('film', 'new.mp4')).toBeUndefined();
  await publishTitle(directory, 'film', { ...files, 'new.mp4': Buffer.from('new') });
  expect(await library.find('film', 'new.mp4')).toBeUndefined();
  later(0.05);
  expect(await library.find('film', 'new.mp4')).toMatchObject({ bytes: 3 });
});

test('a title that is asked for often is looked at by the way: nobody waits for the disk', async () => {
  const { directory, library, later } = await open();
  await publishTitle(directory, 'film', files);
  await library.find('film', 'v720.mp4');
  await publishTitle(directory, 'film', { ...files, 'v720.mp4': Buffer.from('new') });
  later(0.5);
  expect(await library.find('film', 'v720.mp4')).toMatchObject({ bytes: 10 });
  await vi.waitFor(async () => expect(await library.find('film', 'v720.mp4')).toMatchObject({ bytes: 3 }));
});

test('many who ask at once cause one look', async () => {
  const { directory, library } = await open();
  await publishTitle(directory, 'film', files);
  const found = await Promise.all(Array.from({ length: 50 }, () => library.find('film', 'v720.mp4')));
  expect(new Set(found).size).toBe(1);
});

test('a file that was replaced between index and opening is noticed, and the next question gets the new one', async () => {
  const { directory, library } = await open();
  await publishTitle(directory, 'film', files);
  const old = await library.find('film', 'v720.mp4');
  await publishTitle(directory, 'film', { ...files, 'v720.mp4': Buffer.from('9876543210') });
  await expect(old?.open()).rejects.toThrow('"v720.mp4" was replaced or changed after it was indexed.');
  const handle = await (await library.find('film', 'v720.mp4'))?.open();
  expect(await handle?.readFile('utf8')).toBe('9876543210');
  await handle?.close();
});

type Damage = readonly [string, (folder: string) => Promise<unknown>, string];

const titleDamages: readonly Damage[] = [
  ['no title.json', (folder) => unlink(join(folder, 'title.json')), 'title.json is missing.'],
  [
    'a torn title.json',
    (folder) => truncate(join(folder, 'title.json'), 40),
    'title.json cannot be read: it is not JSON.',
  ],
  [
    'a title.json of another shape',
    (folder) => writeFile(join(folder, 'title.json'), '{"format":1,"version":"0123456789abcdef"}'),
    'title.json cannot be read: $.files is missing.',
  ],
  [
    'a title.json of before there were versions',
    (folder) => writeFile(join(folder, 'title.json'), '{"format":1,"files":{}}'),
    'it was packaged by an older version of Weir; package it again.',
  ],
];

const fileDamages: readonly Damage[] = [
  ['a missing file', (folder) => unlink(join(folder, 'v720.mp4')), '"v720.mp4" is missing.'],
  [
    'a shortened file',
    (folder) => truncate(join(folder, 'v720.mp4'), 4),
    '"v720.mp4" has 4 bytes where title.json says 10.',
  ],
  [
    'a link in place of a file',
    async (folder) => {
      await rename(join(folder, 'v720.mp4'), join(folder, '..', '.elsewhere'));
      await symlink(join(folder, '..', '.elsewhere'), join(folder, 'v720.mp4'));
    },
    '"v720.mp4" is no regular file.',
  ],
];

test.each(titleDamages)(
  '%s makes the title damaged, and leaves the others alone',
  async (_, damage, reason) => {
    const { directory, library } = await open();
    await publishTitle(directory, 'film', files);
    await publishTitle(directory, 'other', files);
    await damage(join(directory, 'film'));
    await expect(library.find('film', 'manifest.mpd')).rejects.toThrow(
      `The title "film" cannot be served: ${reason}`,
    );
    const { titles, damaged } = await library.list();
    expect(titles.map((title) => title.id)).toEqual(['other']);
    expect(damaged).toEqual([{ id: 'film', reason }]);
  },
);

test.each(fileDamages)(
  '%s is said of this file, and leaves the others of the title alone',
  async (_, damage, reason) => {
    const { directory, library } = await open();
    const title = await publishTitle(directory, 'film', files);
    await damage(join(directory, 'film'));
    await expect(library.find('film', 'v720.mp4')).rejects.toThrow(
      `The title "film" cannot be served: ${reason}`,
    );
    expect(await library.find('film', 'manifest.mpd')).toMatchObject({ bytes: 6 });
    expect(await library.title('film')).toEqual(title);
    expect(await library.list()).toEqual({ titles: [title], damaged: [{ id: 'film', reason }] });
  },
);

test('a title without its MPD is no title to play; of several faults the first is told, and their number', async () => {
  const { directory, library } = await open();
  await publishTitle(directory, 'film', { ...files, 'a.vtt': Buffer.from('WEBVTT') });
  for (const name of ['manifest.mpd', 'v720.mp4', 'a.vtt']) await unlink(join(directory, 'film', name));
  await expect(library.title('film')).rejects.toThrow('"manifest.mpd" is missing.');
  const reason = '"a.vtt" is missing, and 2 more files are at fault.';
  expect((await library.list()).damaged).toEqual([{ id: 'film', reason }]);
});

test('a damage is reported once, and again when it changes or returns', async () => {
  const { directory, later, options } = await open();
  const reported: DamagedTitle[] = [];
  const library = createLibrary(directory, { ...options, onDamage: (damage) => reported.push(damage) });
  const look = async () => {
    later(5);
    await library.list();
    return reported.splice(0).map(({ reason }) => reason);
  };
  const video = join(directory, 'film', 'v720.mp4');
  await publishTitle(directory, 'film', files);
  expect(await look()).toEqual([]);
  await unlink(video);
  expect(await look()).toEqual(['"v720.mp4" is missing.']);
  expect(await look()).toEqual([]);
  await writeFile(video, 'abc');
  expect(await look()).toEqual(['"v720.mp4" has 3 bytes where title.json says 10.']);
  await writeFile(video, files['v720.mp4']);
  expect(await look()).toEqual([]);
  await unlink(video);
  expect(await look()).toEqual(['"v720.mp4" is missing.']);
});

test('compressed text is found with its file; a form that is lost is passed over', async () => {
  const { directory, library, later } = await open();
  await publishTitle(directory, 'film', { ...files, 'manifest.mpd': Buffer.from('<MPD/>'.repeat(100)) });
  const forms = async () => [...((await library.find('film', 'manifest.mpd'))?.encoded.keys() ?? [])];
  expect(await forms()).toEqual(['br', 'gzip']);
  expect((await library.find('film', 'v720.mp4'))?.encoded.size).toBe(0);
  expect(await library.find('film', 'manifest.mpd.br')).toBeUndefined();
  await unlink(join(directory, 'film', 'manifest.mpd.br'));
  later();
  expect(await forms()).toEqual(['gzip']);
  expect((await library.list()).damaged).toEqual([]);
});

test('a date that two publications share is no date', async () => {
  const { directory, library, later } = await open();
  const publish = (text: string, created: string) => {
    const { version, files } = versionedFiles({ 'v720.mp4': Buffer.from(text) });
    return publishTitle(directory, 'film', files, { changes: { version, created } });
  };
  const modified = async () => (await library.find('film', 'manifest.mpd'))?.modified;
  const old = await publish('old', '2026-01-02T03:04:05.100Z');
  expect(await modified()).toBe(1767323045);
  const twin = await publish('twin', '2026-01-02T03:04:05.900Z');
  later();
  expect(await modified()).toBeUndefined();
  for (const { version } of [old, twin]) {
    expect((await library.find('film', `${version}/v720.mp4`))?.modified).toBe(1767323045);
  }
});

test('a folder that was renamed by hand says whose title.json it has', async () => {
  const { directory, library } = await open();
  await publishTitle(directory, 'film', files);
  await rename(join(directory, 'film'), join(directory, 'movie'));
  await expect(library.title('movie')).rejects.toThrow(
    '$.id is "film", which is not the name of the folder.',
  );
});

test('a file shortened in place is noticed when it is opened; mended in place, the title is back', async () => {
  const { directory, library, later } = await open();
  await publishTitle(directory, 'film', files);
  const file = await library.find('film', 'v720.mp4');
  await truncate(join(directory, 'film', 'v720.mp4'), 4);
  await expect(file?.open()).rejects.toThrow('was replaced or changed');
  await expect(library.find('film', 'v720.mp4')).rejects.toThrow('has 4 bytes where title.json says 10');
  await writeFile(join(directory, 'film', 'v720.mp4'), files['v720.mp4']);
  later(5);
  expect(await library.find('film', 'v720.mp4')).toMatchObject({ bytes: 10 });
});
