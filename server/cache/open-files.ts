/**
 * Files that stay open between requests, a bounded number of them. Whoever holds one reads from the very file that was
 * opened, also when another has taken its place since.
 */
import type { FileHandle } from 'node:fs/promises';
import { createLinkedList, type Linked } from './linked-list.ts';

/** A file as whoever published it gives it out. */
export interface StoredFile {
  /** What an error calls it. */
  readonly name: string;
  readonly bytes: number;
  /** The same for two files only if they have the same content; it changes when the file is written to. */
  readonly identity: string;
  /** The handle is the caller's to close. @throws when another file is there than the one of `identity`, or none. */
  open(): Promise<FileHandle>;
  /** Whether an opened file is still as it was. @throws when it has been written to or cut. */
  check(handle: FileHandle): Promise<void>;
}

export interface HeldFile {
  readonly handle: FileHandle;
  /** At most once. */
  release(): void;
}

export interface OpenFiles {
  /** At once when it is open already. @throws what `open` of the file throws. */
  hold(file: StoredFile): HeldFile | Promise<HeldFile>;
  /** All open files, held or not. */
  readonly count: number;
  /** Closes what nobody holds; the others close when they are released. */
  close(): Promise<void>;
}

interface Entry extends Linked<Entry>, HeldFile {
  readonly identity: string;
  holders: number;
}

/** The process, or the system, has no file descriptor left. */
const EXHAUSTED: ReadonlySet<string | undefined> = new Set(['EMFILE', 'ENFILE']);

/** `limit`: how many may stay open that nobody holds. */
export function createOpenFiles(limit: number): OpenFiles {
  const entries = new Map<string, Entry>();
  const openings = new Map<string, Promise<void>>();
  const idle = createLinkedList<Entry>();
  let isClosed = false;

  function hold(file: StoredFile): HeldFile | Promise<HeldFile> {
    const entry = entries.get(file.identity);
    // Between its opening and the next line another one may have closed it again.
    if (!entry) return openOnce(file).then(() => hold(file));
    if (entry.holders === 0) idle.remove(entry);
    entry.holders += 1;
    return entry;
  }

  /** One opening for all who ask at the same time. */
  function openOnce(file: StoredFile): Promise<void> {
    const running = openings.get(file.identity);
    if (running) return running;
    const opening = openNew(file).finally(() => openings.delete(file.identity));
    openings.set(file.identity, opening);
    return opening;
  }

  async function openNew(file: StoredFile): Promise<void> {
    const handle = await openOrMakeRoom(file);
    const entry: Entry = {
      identity: file.identity,
      handle,
      holders: 0,
      older: undefined,
      newer: undefined,
      release: () => release(entry),
    };
    entries.set(file.identity, entry);
    idle.add(entry);
  }

  async function openOrMakeRoom(file: StoredFile): Promise<FileHandle> {
    try {
      return await file.open();
    } catch (error) {
      if (!EXHAUSTED.has((error as NodeJS.ErrnoException).code) || idle.length === 0) throw error;
      await closeIdle(0);
      return file.open();
    }
  }

  function release(entry: Entry): void {
    entry.holders -= 1;
    if (entry.holders > 0) return;
    idle.add(entry);
    void closeIdle(isClosed ? 0 : limit);
  }

  async function closeIdle(most: number): Promise<void> {
    const closings: Promise<void>[] = [];
    for (let { oldest } = idle; oldest && idle.length > most; { oldest } = idle) {
      idle.remove(oldest);
      entries.delete(oldest.identity);
      closings.push(oldest.handle.close());
    }
    await Promise.allSettled(closings);
  }

  return {
    hold,
    get count() {
      return entries.size;
    },
    close: () => {
      isClosed = true;
      return closeIdle(0);
    },
  };
}
