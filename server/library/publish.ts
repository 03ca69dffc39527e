/**
 * Puts a whole title into the library at once, or not at all. It is built in a hidden folder beside its place and then
 * renamed: into its place when that is free; else into the folder of its predecessor, where it comes into force as a whole
 * (see `settleTitle`), and the predecessor's version stays for those who are watching it.
 *
 *   <library>/.partial-<id>-<pid>   a title in the making; what a killed run leaves is removed by the next
 *   <library>/<id>/.next            a title that came into force and is being moved to its places
 *   <library>/<id>/.gone-<uuid>     what is being removed
 */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { addEncodings } from './add-encodings.ts';
import { isAbsent, NEXT_FOLDER, readCurrentTitle } from './current-title.ts';
import { DEFAULT_FORMER_CONFIG, type FormerConfig, formerAfter, type Moment } from './former-versions.ts';
import { move } from './move.ts';
import { settleTitle } from './settle-title.ts';
import { syncFolder, syncTree } from './sync-folder.ts';
import { isTitleId, TITLE_FILE, type Title, titleText } from './title.ts';

/** A title in the making. Files are written into `directory`; then either `publish` or `discard`. */
export interface PartialTitle {
  readonly directory: string;
  /**
   * Adds the compressed forms of all text, and `title.json`; then makes the title appear, in the place of a former one with
   * the same id. Resolves with what `title.json` says.
   */
  publish(title: Title): Promise<Title>;
  /** Removes everything. Does nothing after `publish`. */
  discard(): Promise<void>;
}

export interface PartialOptions {
  readonly config?: FormerConfig;
  /** Default: the system's clock. */
  readonly now?: () => Date;
}

/**
 * Makes the library too, if need be.
 * @throws RangeError for an id that is none; the file system's error.
 */
export async function openPartial(
  library: string,
  id: string,
  { config = DEFAULT_FORMER_CONFIG, now = () => new Date() }: PartialOptions = {},
): Promise<PartialTitle> {
  if (!isTitleId(id)) throw new RangeError(`"${id}" is no title id.`);
  const directory = join(library, `.partial-${id}-${process.pid}`);
  await makeFolder(library);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  return {
    directory,
    publish: async (title) => {
      const files = await addEncodings(directory, title.files);
      await syncTree(directory);
      return putInPlace(directory, join(library, id), { ...title, files }, { now: now(), config });
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

/** Those who publish the same id at once take turns: each try fails only when another one came first. */
const TRIES = 5;

async function putInPlace(directory: string, place: string, title: Title, moment: Moment): Promise<Title> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const former = formerAfter(await readCurrentTitle(place), title.version, moment);
    const published: Title = former.length === 0 ? title : { ...title, former };
    await writeFile(join(directory, TITLE_FILE), titleText(published), { flush: true });
    await syncFolder(directory);
    if (await hasAppeared(directory, place, moment)) return published;
    await settleTitle(place, moment);
  }
  throw new Error(`The title "${title.id}" is being replaced again and again by another process.`);
}

/** False when another publication stands in the way, which must be settled first. */
async function hasAppeared(directory: string, place: string, moment: Moment): Promise<boolean> {
  if ((await move(directory, place)) === 'moved') {
    await syncFolder(dirname(place));
    return true;
  }
  const standing = await stat(place).catch(nothingIfAbsent);
  if (standing && !standing.isDirectory()) throw new Error(`${place} is no folder: remove it first.`);
  if ((await move(directory, join(place, NEXT_FOLDER))) !== 'moved') return false;
  await syncFolder(place);
  await settleTitle(place, moment);
  return true;
}

function nothingIfAbsent(error: unknown): undefined {
  if (isAbsent(error)) return undefined;
  throw error;
}
