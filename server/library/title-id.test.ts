/** Names of titles: safe whatever they are made of, and never another film's. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { fingerprintFile } from './fingerprint.ts';
import { isTitleId, TITLE_FILE } from './title.ts';
import { freeTitleId, slugOf } from './title-id.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-ids-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test.each([
  ['Big Buck Bunny (2008)', 'big-buck-bunny-2008'],
  ["Amélie's Weg über Köln", 'amelies-weg-uber-koln'],
  ['--a--', 'a'],
  ['Москва', ''],
  ['x'.repeat(300), 'x'.repeat(80)],
])('%s', (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

test('a slug is a title id or empty, and is its own slug', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
      const slug = slugOf(text);
      expect(slug === '' || isTitleId(slug)).toBe(true);
      expect(slugOf(slug)).toBe(slug);
    }),
  );
});

test('a name is taken by another film, by a damaged title, and by any other folder, but not by the same film', async () => {
  const library = await makeFolder();
  const occupy = async (id: string, content: string): Promise<void> => {
    await mkdir(join(library, id));
    await writeFile(join(library, id, TITLE_FILE), content);
  };
  expect(await freeTitleId(library, 'film', 'mine')).toBe('film');
  await occupy('film', '{"input":{"fingerprint":"other"}}');
  expect(await freeTitleId(library, 'film', 'mine')).toBe('film-2');
  await occupy('film-2', 'not JSON');
  await mkdir(join(library, 'film-3'));
  expect(await freeTitleId(library, 'film', 'mine')).toBe('film-4');
  await occupy('film-4', '{"input":{"fingerprint":"mine"}}');
  expect(await freeTitleId(library, 'film', 'mine')).toBe('film-4');
  expect(await freeTitleId(library, 'film', 'other')).toBe('film');
});

test('a fingerprint tells films apart by size, beginning and end, and stays the same for the same film', async () => {
  const folder = await makeFolder();
  const file = join(folder, 'film');
  const print = async (content: Uint8Array): Promise<string> => {
    await writeFile(file, content);
    return fingerprintFile(file);
  };
  const content = new Uint8Array(3 * 1024 * 1024);
  const prints = [await print(content), await print(content)];
  expect(prints[0]).toBe(prints[1]);
  const others = [content.subarray(1), changed(content, 0), changed(content, content.length - 1)];
  for (const other of others) prints.push(await print(other));
  expect(new Set(prints).size).toBe(4);
  expect(await print(new Uint8Array(0))).toMatch(/^[0-9a-f]{64}$/);
});

function changed(content: Uint8Array, position: number): Uint8Array {
  const copy = content.slice();
  copy[position] = 1;
  return copy;
}
