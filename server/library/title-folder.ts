/** Reads one folder of the library into memory: its `title.json`, and whether every file it lists is really there. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { indexFile, type PublishedFile } from './published-file.ts';
import { OutdatedTitleError, readTitle } from './read-title.ts';
import { TITLE_FILE, type Title } from './title.ts';

export interface TitleFolder {
  readonly title: Title;
  /** By name. */
  readonly files: ReadonlyMap<string, PublishedFile>;
}

/** A title that is in the library but cannot be served. `reason` is one sentence that names no path of this machine. */
export class DamagedTitleError extends Error {
  override readonly name = 'DamagedTitleError';
  readonly id: string;
  readonly reason: string;

  constructor(id: string, reason: string, cause?: unknown) {
    super(`The title "${id}" cannot be served: ${reason}`, { cause });
    this.id = id;
    this.reason = reason;
  }
}

/**
 * Changes whenever the title is replaced, gets or loses a file, or its `title.json` changes; `undefined` when there is no
 * such folder. Take it before reading, so that a change in between is seen at the next look.
 */
export async function stampOf(library: string, id: string): Promise<string | undefined> {
  const folder = join(library, id);
  const [outer, inner] = await Promise.all([statOrNothing(folder), statOrNothing(join(folder, TITLE_FILE))]);
  if (!outer?.isDirectory()) return undefined;
  const facts = [outer.dev, outer.ino, outer.mtimeNs, inner?.ino, inner?.mtimeNs, inner?.size];
  return facts.join(':');
}

/** @throws DamagedTitleError; `onReplaced` as for `indexFile`. */
export async function readTitleFolder(
  library: string,
  id: string,
  onReplaced: () => void,
): Promise<TitleFolder> {
  const folder = join(library, id);
  const title = await parseTitle(join(folder, TITLE_FILE), id);
  const modified = Math.floor(Math.min(Date.parse(title.created), Date.now()) / 1000);
  const files = new Map<string, PublishedFile>();
  for (const [name, file] of Object.entries(title.files)) {
    const isLasting = name.startsWith(`${title.version}/`);
    const indexed = indexFile(join(folder, name), { ...file, name, modified, isLasting }, onReplaced);
    files.set(name, await indexed.catch(failWith(id, `"${name}"`)));
  }
  return { title, files };
}

async function parseTitle(path: string, id: string): Promise<Title> {
  const content = await readFile(path, 'utf8').catch(failWith(id, TITLE_FILE));
  try {
    const title = readTitle(JSON.parse(content));
    if (title.id !== id) throw new Error(`$.id is "${title.id}", which is not the name of the folder.`);
    return title;
  } catch (error) {
    if (error instanceof OutdatedTitleError) throw new DamagedTitleError(id, error.message, error);
    throw new DamagedTitleError(id, `${TITLE_FILE} cannot be read: ${sentenceOf(error)}`, error);
  }
}

/** Messages of the system name whole paths: only their code is passed on. */
function failWith(id: string, what: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    const fault = error.code === 'ENOENT' ? 'is missing' : `cannot be read (${error.code})`;
    throw new DamagedTitleError(id, error.code === undefined ? error.message : `${what} ${fault}.`, error);
  };
}

function sentenceOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON.';
  return error instanceof Error ? error.message : String(error);
}

async function statOrNothing(path: string) {
  return stat(path, { bigint: true }).catch(() => undefined);
}
