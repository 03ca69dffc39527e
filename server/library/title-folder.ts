/** Reads one folder of the library into memory: its `title.json`, and whether every file it lists is really there. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { NEXT_FOLDER, readTitleText } from './current-title.ts';
import { inParallel } from './in-parallel.ts';
import { indexFile, type PublishedFile } from './published-file.ts';
import { OutdatedTitleError, readTitle } from './read-title.ts';
import {
  CONTENT_CODINGS,
  type ContentCoding,
  encodedName,
  TITLE_FILE,
  type Title,
  type TitleFile,
} from './title.ts';

export interface TitleFolder {
  readonly title: Title;
  /** By name, those of former versions too. Those that are not as `title.json` says are missing. */
  readonly files: ReadonlyMap<string, PublishedFile>;
  /** What is wrong with the missing ones of the present version, by name: one sentence each. */
  readonly faults: ReadonlyMap<string, string>;
}

/** A title, or a file of one, that is in the library but cannot be served. `reason` is one sentence without paths of this machine. */
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
 * Changes whenever the title is replaced, gets or loses a file of its own folder, or its `title.json` changes; `undefined`
 * when there is no such folder.
 */
export async function stampOf(library: string, id: string): Promise<string | undefined> {
  const folder = join(library, id);
  const [outer, ...inner] = await Promise.all([
    statOrNothing(folder),
    statOrNothing(join(folder, TITLE_FILE)),
    statOrNothing(join(folder, NEXT_FOLDER, TITLE_FILE)),
  ]);
  if (!outer?.isDirectory()) return undefined;
  const facts = [
    outer.dev,
    outer.ino,
    outer.mtimeNs,
    ...inner.flatMap((one) => [one?.ino, one?.mtimeNs, one?.size]),
  ];
  return facts.join(':');
}

/**
 * Whoever reads while the title changes may see some of both: compare `stampOf` from before and after.
 * @throws DamagedTitleError when nothing of the title can be served; `onReplaced` as for `indexFile`.
 */
export async function readTitleFolder(
  library: string,
  id: string,
  onReplaced: () => void,
): Promise<TitleFolder> {
  const folder = join(library, id);
  const title = await parseTitle(folder, id);
  const next = join(folder, NEXT_FOLDER);
  const places = (await statOrNothing(next)) ? [next, folder] : [folder];
  const files = new Map<string, PublishedFile>();
  const faults = new Map<string, string>();
  await inParallel(listFiles(title), async (listed) => {
    try {
      files.set(listed.name, await indexListed(places, listed, onReplaced));
    } catch (error) {
      if (!listed.isFormer) faults.set(listed.name, faultOf(error, `"${listed.name}"`));
    }
  });
  return { title, files, faults };
}

interface ListedFile {
  readonly name: string;
  readonly file: TitleFile;
  readonly facts: Pick<PublishedFile, 'modified' | 'isLasting'>;
  /** What is left of a former version is served; what is not is no fault. */
  readonly isFormer: boolean;
}

function listFiles({ version, created, files, former = [] }: Title): ListedFile[] {
  const rivals = former.map((each) => each.created);
  const present = { version, created, files, isFormer: false };
  return [present, ...former.map((each) => ({ ...each, isFormer: true }))].flatMap((each) =>
    Object.entries(each.files).map(([name, file]) => {
      const isLasting = name.startsWith(`${each.version}/`);
      const facts = { isLasting, ...modifiedOf(each.created, isLasting ? [] : rivals) };
      return { name, file, facts, isFormer: each.isFormer };
    }),
  );
}

/** A date that two publications share would not tell one from the other (RFC 9110 §8.8.2.2): then there is none. */
function modifiedOf(created: string, rivals: readonly string[]): { modified?: number } {
  const modified = secondsOf(created);
  return rivals.some((rival) => secondsOf(rival) === modified) ? {} : { modified };
}

function secondsOf(time: string): number {
  return Math.floor(Math.min(Date.parse(time), Date.now()) / 1000);
}

/** A compressed form that is not as it should be is passed over: the file itself will do. */
async function indexListed(
  places: readonly string[],
  { name, file: { encoded = {}, ...plain }, facts }: ListedFile,
  onReplaced: () => void,
): Promise<PublishedFile> {
  const forms = new Map<ContentCoding, PublishedFile>();
  for (const coding of CONTENT_CODINGS) {
    const content = encoded[coding];
    if (!content) continue;
    const form = { ...plain, ...facts, ...content, name: encodedName(name, coding), encoded: NO_FORMS };
    const indexed = indexFile(await pathIn(places, form.name), form, onReplaced);
    await indexed.then((file) => forms.set(coding, file)).catch(() => undefined);
  }
  return indexFile(await pathIn(places, name), { ...plain, ...facts, name, encoded: forms }, onReplaced);
}

const NO_FORMS: PublishedFile['encoded'] = new Map();

/** In the first place that has it; the last one when none has. */
async function pathIn(places: readonly string[], name: string): Promise<string> {
  const paths = places.map((place) => join(place, name));
  for (const path of paths.slice(0, -1)) if (await statOrNothing(path)) return path;
  return paths.at(-1) ?? name;
}

async function parseTitle(folder: string, id: string): Promise<Title> {
  const content = await readTitleText(folder).catch((error: unknown) => {
    throw new DamagedTitleError(id, faultOf(error, TITLE_FILE), error);
  });
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
function faultOf(error: unknown, what: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return message;
  return `${what} ${code === 'ENOENT' ? 'is missing' : `cannot be read (${code})`}.`;
}

function sentenceOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'it is not JSON.';
  return error instanceof Error ? error.message : String(error);
}

async function statOrNothing(path: string) {
  return stat(path, { bigint: true }).catch(() => undefined);
}
