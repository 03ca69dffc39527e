/**
 * Puts a whole title into the library at once, or not at all: it is built in a hidden folder beside its place and then
 * renamed. Whatever a killed run leaves behind is told by its name, and put right by the next.
 *
 *   .partial-<id>-<pid>    a title in the making
 *   .replaced-<id>-<pid>   the former title, out of the way until the new one stands in its place
 */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isTitleId, TITLE_FILE, type Title } from './title.ts';

/** A title in the making. Files are written into `directory`; then either `publish` or `discard`. */
export interface PartialTitle {
  readonly directory: string;
  /** Adds `title.json` and makes the title appear, in the place of a former one with the same id. */
  publish(title: Title): Promise<void>;
  /** Removes everything. Does nothing after `publish`. */
  discard(): Promise<void>;
}

/**
 * Makes the library too, if need be.
 * @throws RangeError for an id that is none; the file system's error.
 */
export async function openPartial(library: string, id: string): Promise<PartialTitle> {
  if (!isTitleId(id)) throw new RangeError(`"${id}" is no title id.`);
  const directory = join(library, `.partial-${id}-${process.pid}`);
  await makeFolder(library);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  return {
    directory,
    publish: async (title) => {
      await writeFile(join(directory, TITLE_FILE), `${JSON.stringify(title, undefined, 2)}\n`, {
        flush: true,
      });
      await putInPlace(library, id, directory);
    },
    discard: () => rm(directory, { recursive: true, force: true }),
  };
}

/** With its parents. Node's own recursive way never ends where a file system refuses without a reason, as /proc does. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path);
  }
}

/**
 * Removes what processes that are gone left behind, and puts back a former title whose successor never came.
 * Call it before packaging; a library that does not exist is in order.
 */
export async function recoverLibrary(
  library: string,
  isAlive: (pid: number) => boolean = isProcessAlive,
): Promise<void> {
  for (const name of await namesIn(library)) {
    const [, kind, id, pid] = /^\.(partial|replaced)-(.+)-(\d+)$/.exec(name) ?? [];
    if (!id || isAlive(Number(pid))) continue;
    if (kind === 'replaced' && (await moved(join(library, name), join(library, id)))) continue;
    await rm(join(library, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Two packagers that publish the same id at once take turns: each try fails only when another one came first. */
const TRIES = 5;

async function putInPlace(library: string, id: string, directory: string): Promise<void> {
  const place = join(library, id);
  const aside = join(library, `.replaced-${id}-${process.pid}`);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    await rm(aside, { recursive: true, force: true });
    if (await moved(directory, place)) return;
    await moved(place, aside);
    if (await moved(directory, place).catch(puttingBack(aside, place))) {
      await rm(aside, { recursive: true, force: true });
      return;
    }
  }
  throw new Error(`The title "${id}" is being replaced again and again by another process.`);
}

/** The former title returns when the new one cannot come. */
function puttingBack(aside: string, place: string): (error: unknown) => Promise<never> {
  return async (error) => {
    await moved(aside, place);
    throw error;
  };
}

const OCCUPIED: ReadonlySet<string | undefined> = new Set(['ENOTEMPTY', 'EEXIST']);

/** Renames a folder; `false` when another one stands in the new place, or there is none in the old. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (OCCUPIED.has(code) || code === 'ENOENT') return false;
    throw error;
  }
}

async function namesIn(library: string): Promise<string[]> {
  return readdir(library).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

/** Signal 0 only asks. A process of another user refuses it, and lives. */
function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
