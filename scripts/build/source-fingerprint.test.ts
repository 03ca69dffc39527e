// What makes a build old, and what does not.
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEPENDENCIES, fingerprintSources } from './source-fingerprint.ts';

let project: string;
let before: string;

beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'weir-sources-'));
  await Promise.all(['player/page', 'player/dist/site', 'scripts'].map((name) => write(`${name}/.keep`)));
  await Promise.all([...DEPENDENCIES, 'player/page/watch.ts'].map((name) => write(name)));
  before = await fingerprintSources(project);
});

afterEach(() => rm(project, { recursive: true, force: true }));

async function write(name: string, text = ''): Promise<void> {
  const path = join(project, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

test('the same sources have the same fingerprint', async () => {
  expect(await fingerprintSources(project)).toBe(before);
});

test.each<[string, () => Promise<void>]>([
  ['a source is written', () => write('player/page/watch.ts', 'export {};')],
  ['a source is only older', () => utimes(join(project, 'player/page/watch.ts'), 0, 0)],
  ['a source is added', () => write('player/page/new.css')],
  ['a source is removed', () => rm(join(project, 'player/page/watch.ts'))],
  ['a dependency has another version', () => write('package-lock.json', '{}')],
])('a build is old when %s', async (_name, change) => {
  await change();
  expect(await fingerprintSources(project)).not.toBe(before);
});

test('a build stays new when tests, outputs or notes change', async () => {
  await write('player/page/watch.test.ts', 'test');
  await write('player/dist/site/index.html', '<!doctype html>');
  await write('player/page/notes.txt', 'notes');
  expect(await fingerprintSources(project)).toBe(before);
});
