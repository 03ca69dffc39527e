/**
 * The index of published titles: in memory, and never older than a second when asked. Requests find files here by name;
 * no path is ever made from what a client sent.
 */
import { readdir } from 'node:fs/promises';
import { inParallel } from './in-parallel.ts';
import type { PublishedFile } from './published-file.ts';
import { isTitleId, MPD_FILE, type Title } from './title.ts';
import { DamagedTitleError, readTitleFolder, stampOf, type TitleFolder } from './title-folder.ts';

export interface DamagedTitle {
  readonly id: string;
  /** One sentence. */
  readonly reason: string;
}

export interface Library {
  /**
   * Newest first. A title of which only a file is lost is in both lists. A folder that does not exist is an empty library.
   */
  list(): Promise<{ readonly titles: readonly Title[]; readonly damaged: readonly DamagedTitle[] }>;
  /** @throws DamagedTitleError when nothing of it can be played. */
  title(id: string): Promise<Title | undefined>;
  /** @throws DamagedTitleError when just this file, or the whole title, cannot be served. */
  find(id: string, file: string): Promise<PublishedFile | undefined>;
}

export interface LibraryOptions {
  /** Seconds on any clock that only runs forward. */
  readonly now?: () => number;
  /** Called when a damage is met that was not there, or was another one, at the last look. */
  readonly onDamage?: (damage: DamagedTitle) => void;
}

interface Entry {
  readonly stamp: string;
  readonly content: TitleFolder | DamagedTitleError;
  /** Seconds, by `now`: when it was read, and when it was last found to be up to date. */
  readonly read: number;
  checked: number;
}

/** Seconds during which the file system is not asked again. */
const FRESH = 1;

/** Seconds after which it is asked by the way, while the answer is given from memory: who is asked for often keeps nobody waiting. */
const AGING = 0.5;

/**
 * Seconds after which what is not there is looked for again. Another process that serves the same library may have met a new
 * version already, and have sent the client here for its files.
 */
const ABSENT = 0.05;

/** Seconds after which a damaged title is read again although its folder looks the same: it may be mended in place. */
const MENDING = 5;

/** A title that changes while it is read is read again so often; the last reading counts until the next look. */
const READINGS = 5;

export function createLibrary(
  directory: string,
  { now = () => performance.now() / 1000, onDamage }: LibraryOptions = {},
): Library {
  const entries = new Map<string, Entry>();
  const looks = new Map<string, Promise<Entry | undefined>>();
  const reported = new Map<string, string>();
  let ids: { readonly names: readonly string[]; readonly checked: number } | undefined;

  /** One look at the disk for all who ask for the same title at the same time. */
  function entryOf(id: string, fresh = FRESH): Promise<Entry | undefined> | Entry | undefined {
    const known = entries.get(id);
    const age = known ? now() - known.checked : Number.POSITIVE_INFINITY;
    if (age >= fresh) return look(id);
    if (age >= AGING) void look(id).catch(() => undefined);
    return known;
  }

  function look(id: string): Promise<Entry | undefined> {
    const running = looks.get(id);
    if (running) return running;
    const looking = lookAt(id).finally(() => looks.delete(id));
    looks.set(id, looking);
    return looking;
  }

  async function lookAt(id: string): Promise<Entry | undefined> {
    const known = entries.get(id);
    const checked = now();
    const stamp = await stampOf(directory, id);
    if (known && known.stamp === stamp && (isSound(known.content) || checked - known.read < MENDING)) {
      known.checked = checked;
      return known;
    }
    const entry = stamp === undefined ? undefined : await readEntry(id, stamp, checked);
    if (entry) entries.set(id, entry);
    else entries.delete(id);
    report(id, entry && damageOf(entry.content));
    return entry;
  }

  async function readEntry(id: string, stamp: string, read: number): Promise<Entry | undefined> {
    let before: string | undefined = stamp;
    for (let reading = 1; before !== undefined; reading++) {
      const content = await readFolder(id);
      const after = await stampOf(directory, id);
      if (after === before || reading === READINGS) return { stamp: before, content, read, checked: read };
      before = after;
    }
    return undefined;
  }

  async function readFolder(id: string): Promise<TitleFolder | DamagedTitleError> {
    try {
      return await readTitleFolder(directory, id, () => entries.delete(id));
    } catch (error) {
      if (error instanceof DamagedTitleError) return error;
      throw error;
    }
  }

  function report(id: string, reason: string | undefined): void {
    if (reason === reported.get(id)) return;
    if (reason === undefined) {
      reported.delete(id);
      return;
    }
    reported.set(id, reason);
    onDamage?.({ id, reason });
  }

  async function contentOf(id: string, fresh?: number): Promise<TitleFolder | undefined> {
    if (!isTitleId(id)) return undefined;
    const content = (await entryOf(id, fresh))?.content;
    if (content instanceof DamagedTitleError) throw content;
    return content;
  }

  async function find(id: string, file: string): Promise<PublishedFile | undefined> {
    const found = (await contentOf(id))?.files.get(file);
    if (found) return found;
    const content = await contentOf(id, ABSENT);
    const fault = content?.faults.get(file);
    if (fault !== undefined) throw new DamagedTitleError(id, fault);
    return content?.files.get(file);
  }

  async function titleIds(): Promise<readonly string[]> {
    if (!ids || now() - ids.checked >= FRESH) {
      ids = { checked: now(), names: (await namesIn(directory)).filter(isTitleId) };
    }
    return ids.names;
  }

  async function list() {
    const titles: Title[] = [];
    const damaged: DamagedTitle[] = [];
    await inParallel(await titleIds(), async (id) => {
      const content = (await entryOf(id))?.content;
      const reason = content && damageOf(content);
      if (content && 'title' in content) titles.push(content.title);
      if (reason !== undefined) damaged.push({ id, reason });
    });
    return { titles: titles.sort(byAge), damaged: damaged.sort((a, b) => (a.id < b.id ? -1 : 1)) };
  }

  return {
    list,
    find,
    title: async (id) => {
      await find(id, MPD_FILE);
      return (await contentOf(id))?.title;
    },
  };
}

function isSound(content: TitleFolder | DamagedTitleError): boolean {
  return damageOf(content) === undefined;
}

/** The first fault, and how many more there are. */
function damageOf(content: TitleFolder | DamagedTitleError): string | undefined {
  if (content instanceof DamagedTitleError) return content.reason;
  const [first, ...others] = [...content.faults.values()].sort();
  if (first === undefined || others.length === 0) return first;
  return `${first.slice(0, -1)}, and ${others.length} more ${others.length === 1 ? 'file is' : 'files are'} at fault.`;
}

function byAge(a: Title, b: Title): number {
  return Date.parse(b.created) - Date.parse(a.created) || (a.id < b.id ? -1 : 1);
}

async function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
