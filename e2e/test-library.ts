/**
 * The library of the end-to-end tests: packaged once, and kept for as long as the packager's sources stay the same.
 * Titles are added by the tests that need them.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTitle } from '../server/library/read-title.ts';
import { TITLE_FILE, type Title } from '../server/library/title.ts';
import { type PackageOptions, packageFile } from '../server/packager/package-file.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../server/packager/packaging-config.ts';
import { makeTestFilm } from './test-film.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(PROJECT, '.cache/e2e');
const MADE_BY = [
  'server/packager',
  'server/library',
  'player/core/mp4',
  'e2e/test-film.ts',
  'e2e/rich-film.ts',
];
const KEPT_MS = 24 * 60 * 60 * 1000;

/** Long enough that a viewer never has it all before a story is over. */
export const FILM = { id: 'film', seconds: 72 };
/** For stories that go on to the end. */
export const SHORT_FILM = { id: 'short-film', seconds: 20 };
/** A title whose `title.json` is cut off. */
export const DAMAGED = { id: 'damaged' };

/** Resolves with the folder, which may be there already; libraries of older sources are removed after a day. */
export async function openTestLibrary(): Promise<string> {
  const library = join(CACHE, await fingerprintSources());
  await mkdir(library, { recursive: true });
  for (const other of await readdir(CACHE)) {
    const path = join(CACHE, other);
    const age = Date.now() - (await stat(path)).mtimeMs;
    if (path !== library && age > KEPT_MS) await rm(path, { recursive: true, force: true });
  }
  return library;
}

/** What every library of the stories holds. */
export async function addTestTitles(library: string): Promise<void> {
  for (const { id, seconds } of [SHORT_FILM, FILM]) {
    await addTitle(library, id, async (folder, signal) => {
      const file = join(folder, `${id}.mp4`);
      await makeTestFilm(file, seconds, signal);
      return file;
    });
  }
  const damaged = join(library, DAMAGED.id);
  if (existsSync(damaged)) return;
  await mkdir(damaged);
  await writeFile(join(damaged, TITLE_FILE), '{ "format": 1, "id": "dam');
}

/** Packages what `makeInput` gives, which may write it into the folder it is handed; does nothing when the title is there. */
export async function addTitle(
  library: string,
  id: string,
  makeInput: (folder: string, signal: AbortSignal) => Promise<string>,
  options: Pick<PackageOptions, 'config'> = {},
): Promise<Title> {
  const published = await readFile(join(library, id, TITLE_FILE), 'utf8').catch(() => undefined);
  if (published !== undefined) return readTitle(JSON.parse(published));
  const { signal } = new AbortController();
  const folder = await mkdtemp(join(tmpdir(), 'weir-film-'));
  try {
    // The usual ladder: what stories expect of rates and sizes does not follow from what a film shows.
    const config = { ...DEFAULT_PACKAGING_CONFIG, perTitle: 'never' as const, ...options.config };
    return await packageFile(await makeInput(folder, signal), { ...options, config, library, id, signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fingerprintSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const part of MADE_BY) {
    const path = join(PROJECT, part);
    const folder = part.endsWith('.ts') ? dirname(path) : path;
    const names = part.endsWith('.ts') ? [basename(path)] : await readdir(folder, { recursive: true });
    for (const name of names.filter((each) => /(?<!\.test)\.ts$/.test(each)).sort()) {
      hash.update(name).update(await readFile(join(folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
