/** Reads the files beside an MPD: never outside its folder, never anything but regular files, a block at a time. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Something that cannot be read as it should; `byte` is its position in the file. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  readonly byte: number | undefined;

  constructor(sentence: string, byte?: number, cause?: unknown) {
    super(sentence, { cause });
    this.byte = byte;
  }
}

/** Bytes `first` … `end` (excluded) of a file. */
export interface Stretch {
  readonly file: string;
  readonly first: number;
  readonly end: number;
}

export interface FolderReader {
  /**
   * Path inside the folder of what a URL names.
   * @throws UnreadableError for one that lies elsewhere.
   */
  nameOf(url: string): string;
  /** Bytes of a regular file; `undefined` when there is none of that name. */
  sizeOf(name: string): Promise<number | undefined>;
  /** Of all files, also those in folders; hidden ones left out. */
  names(): Promise<string[]>;
  /** SHA-256 in hexadecimal. @throws UnreadableError; the signal's reason. */
  digestOf(stretch: Stretch, signal: AbortSignal): Promise<string>;
  /** @throws UnreadableError when the file has not that many bytes, or is none. */
  read(name: string, first: number, bytes: number): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

/** Headers come close together: one read fetches what the next ones need. */
const BLOCK_BYTES = 16 * 1024;
/** A box that is claimed to be larger than this is none that describes media. */
const MOST_BYTES = 64 * 1024 * 1024;

interface OpenFile {
  readonly name: string;
  readonly handle: FileHandle;
  readonly size: number;
  block: { first: number; bytes: Uint8Array<ArrayBuffer> };
}

/** One file at a time is open; the caller reads one after another. */
export function createFolderReader(folder: string): FolderReader {
  let current: OpenFile | undefined;
  const close = async (): Promise<void> => {
    const handle = current?.handle;
    current = undefined;
    await handle?.close();
  };
  const opened = async (name: string): Promise<OpenFile> => {
    if (current?.name === name) return current;
    await close();
    const size = await sizeOfFile(join(folder, name));
    if (size === undefined) throw new UnreadableError('There is no such file.');
    const handle = await open(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      throw new UnreadableError(`It cannot be opened (${error.code}).`, undefined, error);
    });
    current = { name, handle, size, block: { first: 0, bytes: new Uint8Array(0) } };
    return current;
  };
  return {
    nameOf: (url) => nameInside(folder, url),
    sizeOf: (name) => sizeOfFile(join(folder, name)),
    names: () => namesIn(folder),
    digestOf: async (stretch, signal) => digest(await opened(stretch.file), stretch, signal),
    read: async (name, first, bytes) => readFrom(await opened(name), first, bytes),
    close,
  };
}

async function readFrom(file: OpenFile, first: number, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes > MOST_BYTES) throw new UnreadableError(`${bytes} bytes are more than any header has.`, first);
  if (first + bytes > file.size)
    throw new UnreadableError(`The file ends at byte ${file.size}, inside what is claimed.`, first);
  const { block } = file;
  const isInBlock = first >= block.first && first + bytes <= block.first + block.bytes.byteLength;
  if (!isInBlock) file.block = { first, bytes: await fill(file, first, Math.max(bytes, BLOCK_BYTES)) };
  const start = first - file.block.first;
  if (start + bytes > file.block.bytes.byteLength)
    throw new UnreadableError('The file became shorter.', first);
  return file.block.bytes.subarray(start, start + bytes);
}

async function fill({ handle, size }: OpenFile, first: number, wanted: number) {
  const bytes = new Uint8Array(Math.min(wanted, size - first));
  const { bytesRead } = await handle.read(bytes, 0, bytes.byteLength, first);
  return bytes.subarray(0, bytesRead);
}

const PIECE_BYTES = 1024 * 1024;

async function digest({ handle }: OpenFile, { first, end }: Stretch, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const piece = new Uint8Array(Math.min(PIECE_BYTES, end - first));
  for (let position = first; position < end; ) {
    signal.throwIfAborted();
    const wanted = Math.min(piece.byteLength, end - position);
    const { bytesRead } = await handle.read(piece, 0, wanted, position);
    if (bytesRead === 0) throw new UnreadableError('The file became shorter.', position);
    hash.update(piece.subarray(0, bytesRead));
    position += bytesRead;
  }
  return hash.digest('hex');
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')))
    .sort();
}

function nameInside(folder: string, url: string): string {
  if (!url.startsWith('file:')) throw new UnreadableError(`"${url}" is not in this folder.`);
  const name = relative(folder, pathOf(url));
  if (name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name))
    throw new UnreadableError(`"${name}" lies outside the folder of the MPD.`);
  return name;
}

function pathOf(url: string): string {
  try {
    const { href } = new URL(url);
    return fileURLToPath(href.replace(/[?#].*$/, ''));
  } catch (error) {
    throw new UnreadableError(`"${url}" names no file.`, undefined, error);
  }
}

async function sizeOfFile(path: string): Promise<number | undefined> {
  const status = await stat(path).catch(() => undefined);
  return status?.isFile() ? status.size : undefined;
}
