/** Recovering: what killed runs left is put right, and what is kept no longer is removed. */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPartial } from './publish.ts';
import { createLibrary } from './read-library.ts';
import { recoverLibrary } from './recover-library.ts';
import { makeLibrary, publishTitle, versionedFiles } from './test-title.ts';

async function openLibrary(): Promise<string> {
  const library = await makeLibrary();
  onTestFinished(() => rm(library, { recursive: true, force: true }));
  return library;
}

const old = versionedFiles({ 'v720.mp4': Buffer.from('old') });
const young = versionedFiles({ 'v720.mp4': Buffer.from('young') });

async function publish(library: string, { version, files }: typeof old, now: string): Promise<void> {
  await publishTitle(library, 'film', files, { now: () => new Date(now), changes: { version } });
}

test('titles in the making of processes that are gone are removed; those of living ones are theirs', async () => {
  const library = await openLibrary();
  for (const name of ['.partial-film-11', '.partial-film-2-22', '.other']) await mkdir(join(library, name));
  await publish(library, old, '2026-05-01T00:00:00Z');
  await recoverLibrary(library, { isAlive: (pid) => pid === 22 });
  expect((await readdir(library)).sort()).toEqual(['.other', '.partial-film-2-22', 'film']);
});

test('former versions go when their time is over, and their title knows', async () => {
  const library = await openLibrary();
  await publish(library, old, '2026-05-01T00:00:00Z');
  await publish(library, young, '2026-05-01T12:00:00Z');
  const names = async () =>
    (await readdir(join(library, 'film'))).filter((name) => !name.includes('.')).sort();
  await recoverLibrary(library, { now: new Date('2026-05-02T11:59:59Z') });
  expect(await names()).toEqual([old.version, young.version].sort());
  await recoverLibrary(library, { now: new Date('2026-05-02T12:00:00Z') });
  expect(await names()).toEqual([young.version]);
  const index = createLibrary(library);
  expect(await index.find('film', `${old.version}/v720.mp4`)).toBeUndefined();
  expect(await index.find('film', `${young.version}/v720.mp4`)).toMatchObject({ bytes: 5 });
  expect((await index.list()).damaged).toEqual([]);
});

test('a publication whose process was killed on the way is completed', async () => {
  const library = await openLibrary();
  await publish(library, old, '2026-05-01T00:00:00Z');
  await rename(join(library, 'film'), join(library, 'kept'));
  await publish(library, young, '2026-05-01T12:00:00Z');
  await rename(join(library, 'film'), join(library, 'kept', '.next'));
  await rename(join(library, 'kept'), join(library, 'film'));
  await recoverLibrary(library, { now: new Date('2026-05-01T13:00:00Z') });
  const title = await createLibrary(library).title('film');
  expect(title?.version).toBe(young.version);
  expect(title?.former?.map(({ version }) => version)).toEqual([old.version]);
  expect(await readdir(join(library, 'film'))).not.toContain('.next');
});

test('what was half removed is removed; files of others in a title folder stay', async () => {
  const library = await openLibrary();
  await publish(library, old, '2026-05-01T00:00:00Z');
  await mkdir(join(library, 'film', '.gone-1'));
  await writeFile(join(library, 'film', 'notes.txt'), 'mine');
  await recoverLibrary(library);
  const names = await readdir(join(library, 'film'));
  expect(names).toContain('notes.txt');
  expect(names).not.toContain('.gone-1');
});

test('a library that does not exist needs no recovery, and this process is alive', async () => {
  const library = await openLibrary();
  await recoverLibrary(join(library, 'none'));
  const partial = await openPartial(library, 'film');
  await recoverLibrary(library);
  expect(await readdir(library)).toHaveLength(1);
  await partial.discard();
});
