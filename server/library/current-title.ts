/** Which `title.json` of a title's folder counts: that of a publication which just came into force, or the settled one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTitle } from './read-title.ts';
import { TITLE_FILE, type Title } from './title.ts';

/**
 * A title that is published again comes into force as this folder inside of the title's own, whole and by one rename. From
 * then on every file counts that is in it; those that are not have been moved to their places already, or stay as they are.
 */
export const NEXT_FOLDER = '.next';

/** The text of the one that counts. @throws the file system's error, ENOENT when there is none. */
export async function readTitleText(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, NEXT_FOLDER, TITLE_FILE), 'utf8');
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return readFile(join(folder, TITLE_FILE), 'utf8');
  }
}

/** The title that counts; `undefined` when there is none, or a broken one. @throws the file system's error. */
export async function readCurrentTitle(folder: string): Promise<Title | undefined> {
  return parseOrNothing(await readTitleText(folder).catch(emptyIfAbsent));
}

/** The same of one `title.json`. */
export async function readTitleFile(path: string): Promise<Title | undefined> {
  return parseOrNothing(await readFile(path, 'utf8').catch(emptyIfAbsent));
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

function emptyIfAbsent(error: unknown): '' {
  if (isAbsent(error)) return '';
  throw error;
}

function parseOrNothing(text: string): Title | undefined {
  try {
    return readTitle(JSON.parse(text));
  } catch {
    return undefined;
  }
}
