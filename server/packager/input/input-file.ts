/** The file that is packaged: found, told from all that is none, and known again when the work is done. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { PackagingError } from '../packaging-error.ts';
import { printableName } from '../printable-name.ts';

export interface InputFile {
  /** Absolute path. */
  readonly file: string;
  /** For people: without folders, on one line. */
  readonly name: string;
  readonly bytes: number;
  /** Milliseconds since 1970: when it was written last. */
  readonly modifiedMs: number;
}

/**
 * Looks at what a person gave as the file to package.
 * @throws PackagingError `input-missing` for whatever is no readable regular file; `input-unreadable` for an empty one.
 */
export async function findInputFile(path: string): Promise<InputFile> {
  refuseOtherThanPath(path);
  const file = resolve(path);
  const name = printableName(basename(file));
  const handle = await openQuietly(file, name);
  try {
    const { bytes, modifiedMs } = await statusOf(handle, name);
    if (bytes === 0) throw new PackagingError('input-unreadable', `${name} is empty.`);
    return { file, name, bytes, modifiedMs };
  } finally {
    await handle.close();
  }
}

/** @throws PackagingError `input-changed` when it is no longer the file that was looked at first. */
export async function refuseChanged({ file, name, bytes, modifiedMs }: InputFile): Promise<void> {
  const now = await findInputFile(file).catch((error: unknown) => {
    const message = `${name} went away while it was being packaged: leave it in its place until that is done.`;
    throw new PackagingError('input-changed', message, error);
  });
  if (now.bytes === bytes && now.modifiedMs === modifiedMs) return;
  const change = now.bytes > bytes ? 'grew' : 'was changed';
  const message = `${name} ${change} while it was being packaged: try again when it is complete.`;
  throw new PackagingError('input-changed', message);
}

/** Words that programs take for a file, and this one does not. */
function refuseOtherThanPath(path: string): void {
  if (path === '') throw new PackagingError('input-missing', 'The name of the file is empty.');
  if (path === '-') {
    const message = 'A film cannot come through a pipe: give the name of a file ("./-" for one called "-").';
    throw new PackagingError('input-missing', message);
  }
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(path)) {
    const message = `${printableName(path)} is an address and nothing is downloaded here: save the file first, then give its name.`;
    throw new PackagingError('input-missing', message);
  }
  if (path.includes('\0')) {
    throw new PackagingError('input-missing', `There can be no file called ${printableName(path)}.`);
  }
}

/** Without waiting for whoever writes into a pipe. */
async function openQuietly(file: string, name: string): Promise<FileHandle> {
  try {
    return await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new PackagingError('input-missing', describeAccessFault(code, file, name), error);
  }
}

function describeAccessFault(code: string, file: string, name: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return `There is no file ${printableName(file)}.`;
  if (code === 'EACCES' || code === 'EPERM') return `${name} may not be read: you have no permission.`;
  if (code === 'ENXIO') return `${name} is a socket or a device, not a file.`;
  return `${printableName(file)} cannot be opened (${code}).`;
}

async function statusOf(handle: FileHandle, name: string): Promise<Pick<InputFile, 'bytes' | 'modifiedMs'>> {
  const status = await handle.stat();
  const kinds: readonly (readonly [boolean, string])[] = [
    [status.isDirectory(), 'a directory'],
    [status.isFIFO(), 'a pipe'],
    [status.isCharacterDevice() || status.isBlockDevice(), 'a device'],
    [!status.isFile(), 'something else'],
  ];
  const kind = kinds.find(([isKind]) => isKind)?.[1];
  if (kind) throw new PackagingError('input-missing', `${name} is ${kind}, not a file.`);
  return { bytes: status.size, modifiedMs: status.mtimeMs };
}
