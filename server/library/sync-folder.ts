/** Makes sure that what was written is on the disk, so that a power cut after a publication cannot take it back. */
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inParallel } from './in-parallel.ts';

/** Every file and folder below `directory`, and itself last. */
export async function syncTree(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory());
  await inParallel(
    entries.filter((entry) => entry.isFile()),
    (entry) => syncFile(join(entry.parentPath, entry.name)),
  );
  await inParallel(folders, (entry) => syncFolder(join(entry.parentPath, entry.name)));
  await syncFolder(directory);
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Some systems cannot do this to folders: they keep names in order themselves, or not at all. */
const REFUSALS: ReadonlySet<string | undefined> = new Set(['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP']);

/** The names in a folder: which are there, and what they stand for. */
export async function syncFolder(path: string): Promise<void> {
  try {
    const handle = await open(path);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!REFUSALS.has((error as NodeJS.ErrnoException).code)) throw error;
  }
}
