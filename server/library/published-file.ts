/** One published file: what the index knows of it, and a way to open it that notices when it is no longer the same. */
import type { BigIntStats } from 'node:fs';
import { constants, type FileHandle, lstat, open } from 'node:fs/promises';
import type { ContentCoding, TitleFile } from './title.ts';

export interface PublishedFile extends Omit<TitleFile, 'encoded'> {
  readonly name: string;
  /** When its title was published: whole seconds since 1970, never in the future (RFC 9110 §8.8.2.1). */
  readonly modified?: number;
  /** Whether this name will never mean other bytes, since it lies in a folder named after its content. */
  readonly isLasting: boolean;
  /** Its compressed forms; empty for media. */
  readonly encoded: ReadonlyMap<ContentCoding, PublishedFile>;
  /** Tells this content of this file from every other: it changes when the file is replaced or written to. */
  readonly identity: string;
  /**
   * A handle to exactly the file that the index saw; the caller closes it.
   * @throws ReplacedFileError when it was replaced, changed or deleted since: the index then looks again when asked.
   */
  open(): Promise<FileHandle>;
  /**
   * Looks whether a file that was opened is still as the index saw it.
   * @throws ReplacedFileError when it has been written to or cut meanwhile.
   */
  check(handle: FileHandle): Promise<void>;
}

export class ReplacedFileError extends Error {
  override readonly name = 'ReplacedFileError';
}

/**
 * Looks at `path` and remembers which file is there. `onReplaced` is called before `open` or `check` throws.
 * @throws Error with one sentence when there is no file of the promised size.
 */
export async function indexFile(
  path: string,
  facts: Omit<PublishedFile, 'open' | 'check' | 'identity'>,
  onReplaced: () => void,
): Promise<PublishedFile> {
  const stats = await lstat(path, { bigint: true }).catch(ignoreMissing);
  if (!stats) throw new Error(`"${facts.name}" is missing.`);
  if (!stats.isFile()) throw new Error(`"${facts.name}" is no regular file.`);
  if (Number(stats.size) !== facts.bytes) {
    throw new Error(`"${facts.name}" has ${stats.size} bytes where title.json says ${facts.bytes}.`);
  }
  const identity = identityOf(stats);

  function replaced(): ReplacedFileError {
    onReplaced();
    return new ReplacedFileError(`"${facts.name}" was replaced or changed after it was indexed.`);
  }

  async function check(handle: FileHandle): Promise<void> {
    if (identityOf(await handle.stat({ bigint: true })) !== identity) throw replaced();
  }

  async function openSame(): Promise<FileHandle> {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW).catch(ignoreMissing);
    if (!handle) throw replaced();
    try {
      await check(handle);
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  return { ...facts, identity, open: openSame, check };
}

function identityOf({ dev, ino, size, mtimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${size}:${mtimeNs}`;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ELOOP') return undefined;
  throw error;
}
