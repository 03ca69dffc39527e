/** Publishing: a title is there whole or not at all, and whatever a killed run left is put right. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openPartial, recoverLibrary } from './publish.ts';
import { describeTitle } from './test-title.ts';
import { TITLE_FILE } from './title.ts';

async function makeLibrary(): Promise<string> {
  const library = await mkdtemp(join(tmpdir(), 'weir-publish-'));
  onTestFinished(() => rm(library, { recursive: true, force: true }));
  return library;
}

/** A folder with one file that says `text`. */
async function addFolder(library: string, name: string, text: string): Promise<void> {
  await mkdir(join(library, name));
  await writeFile(join(library, name, 'text'), text);
}

const textIn = (library: string, name: string) => readFile(join(library, name, 'text'), 'utf8');

async function publish(library: string, id: string, text: string): Promise<void> {
  const partial = await openPartial(library, id);
  await writeFile(join(partial.directory, 'text'), text);
  await partial.publish(describeTitle(id, {}));
}

test('a title appears only when it is published, with its title.json', async () => {
  const library = join(await makeLibrary(), 'made', 'on', 'demand');
  const partial = await openPartial(library, 'film');
  await writeFile(join(partial.directory, 'text'), 'new');
  expect((await readdir(library)).filter((name) => !name.startsWith('.'))).toEqual([]);
  await partial.publish(describeTitle('film', {}));
  expect(await readdir(library)).toEqual(['film']);
  expect((await readdir(join(library, 'film'))).sort()).toEqual(['text', TITLE_FILE]);
});

test('a former title is replaced, whole', async () => {
  const library = await makeLibrary();
  await publish(library, 'film', 'old');
  await publish(library, 'film', 'new');
  expect(await readdir(library)).toEqual(['film']);
  expect(await textIn(library, 'film')).toBe('new');
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

test('leftovers of processes that are gone are removed; those of living ones are theirs', async () => {
  const library = await makeLibrary();
  await addFolder(library, '.partial-film-11', 'half');
  await addFolder(library, '.partial-film-22', 'half');
  await addFolder(library, 'film', 'whole');
  await addFolder(library, '.other', 'not ours');
  await recoverLibrary(library, (pid) => pid === 22);
  expect((await readdir(library)).sort()).toEqual(['.other', '.partial-film-22', 'film']);
});

test('killed between the two renames: the former title returns', async () => {
  const library = await makeLibrary();
  await addFolder(library, '.replaced-film-2-11', 'old');
  await addFolder(library, '.partial-film-2-11', 'new, but perhaps not complete');
  await recoverLibrary(library, () => false);
  expect(await readdir(library)).toEqual(['film-2']);
  expect(await textIn(library, 'film-2')).toBe('old');
});

test('killed after both renames: the new title stays and the old one goes', async () => {
  const library = await makeLibrary();
  await addFolder(library, '.replaced-film-11', 'old');
  await addFolder(library, 'film', 'new');
  await recoverLibrary(library, () => false);
  expect(await readdir(library)).toEqual(['film']);
  expect(await textIn(library, 'film')).toBe('new');
});

test('a library that does not exist needs no recovery, and this process is alive', async () => {
  const library = await makeLibrary();
  await recoverLibrary(join(library, 'none'));
  const partial = await openPartial(library, 'film');
  await recoverLibrary(library);
  expect(await readdir(library)).toHaveLength(1);
  await partial.discard();
});

test('an id that would lead elsewhere is refused', async () => {
  await expect(openPartial(await makeLibrary(), '../film')).rejects.toThrow('"../film" is no title id.');
});
