/**
 * The index of published titles: in memory, and never older than a second when asked. Requests find files here by name;
 * no path is ever made from what a client sent.
 */
import { readdir } from 'node:fs/promises';
import type { PublishedFile } from './published-file.ts';
import { isTitleId, type Title } from './title.ts';
import { DamagedTitleError, readTitleFolder, stampOf, type TitleFolder } from './title-folder.ts';

export interface DamagedTitle {
  readonly id: string;
  /** One sentence. */
  readonly reason: string;
}

export interface Library {
  /** Newest first. A folder that does not exist is an empty library. */
  list(): Promise<{ readonly titles: readonly Title[]; readonly damaged: readonly DamagedTitle[] }>;
  /** @throws DamagedTitleError */
  title(id: string): Promise<Title | undefined>;
  /** @throws DamagedTitleError */
  find(id: string, file: string): Promise<PublishedFile | undefined>;
}

interface Entry {
  readonly stamp: string;
  readonly content: TitleFolder | DamagedTitleError;
  /** Seconds, by `now`. */
  checked: number;
}

/** Seconds during which the file system is not asked again. */
const FRESH = 1;

/** Folders looked at together: enough to keep the disk busy, far below any limit on open files. */
const LOOKS_AT_ONCE = 16;

/** `now` gives seconds on any clock that only runs forward. */
export function createLibrary(
  directory: string,
  { now = () => performance.now() / 1000 }: { readonly now?: () => number } = {},
): Library {
  const entries = new Map<string, Entry>();
  const looks = new Map<string, Promise<Entry | undefined>>();
  let ids: { readonly names: readonly string[]; readonly checked: number } | undefined;

  /** One look at the disk for all who ask for the same title at the same time. */
  function entryOf(id: string): Promise<Entry | undefined> | Entry | undefined {
    const known = entries.get(id);
    if (known && now() - known.checked < FRESH) return known;
    const running = looks.get(id);
    if (running) return running;
    const look = lookAt(id).finally(() => looks.delete(id));
    looks.set(id, look);
    return look;
  }

  /** A healthy title is read again when its stamp changes, a damaged one always: it may be mended in place. */
  async function lookAt(id: string): Promise<Entry | undefined> {
    const checked = now();
    const stamp = await stampOf(directory, id);
    if (stamp === undefined) {
      entries.delete(id);
      return undefined;
    }
    const known = entries.get(id);
    if (known?.stamp === stamp && !(known.content instanceof DamagedTitleError)) {
      known.checked = checked;
      return known;
    }
    const entry: Entry = { stamp, checked, content: await readFolder(id) };
    entries.set(id, entry);
    return entry;
  }

  async function readFolder(id: string): Promise<TitleFolder | DamagedTitleError> {
    try {
      return await readTitleFolder(directory, id, () => entries.delete(id));
    } catch (error) {
      if (error instanceof DamagedTitleError) return error;
      throw error;
    }
  }

  async function contentOf(id: string): Promise<TitleFolder | undefined> {
    if (!isTitleId(id)) return undefined;
    const content = (await entryOf(id))?.content;
    if (content instanceof DamagedTitleError) throw content;
    return content;
  }

  async function titleIds(): Promise<readonly string[]> {
    if (!ids || now() - ids.checked >= FRESH) {
      ids = { checked: now(), names: (await namesIn(directory)).filter(isTitleId) };
    }
    return ids.names;
  }

  async function list() {
    const queue = (await titleIds()).values();
    const contents: (TitleFolder | DamagedTitleError | undefined)[] = [];
    const lookThrough = async () => {
      for (const id of queue) contents.push((await entryOf(id))?.content);
    };
    await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, lookThrough));
    return {
      titles: contents
        .flatMap((content) => (content && 'title' in content ? [content.title] : []))
        .sort(byAge),
      damaged: contents
        .flatMap((content) => (content instanceof DamagedTitleError ? [content] : []))
        .map(({ id, reason }) => ({ id, reason }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    };
  }

  return {
    list,
    title: async (id) => (await contentOf(id))?.title,
    find: async (id, file) => (await contentOf(id))?.files.get(file),
  };
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
