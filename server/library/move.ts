/** Renames that say whether they found something to move and room for it. */
import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What is on its way out is called so, and may be removed by anybody at any time. */
export const GONE = '.gone-';

export function isGone(name: string): boolean {
  return name.startsWith(GONE);
}

/** Of a folder that is in the way and not empty, or of a file where a folder comes and the other way round. */
const OCCUPIED: ReadonlySet<string | undefined> = new Set([
  'ENOTEMPTY',
  'EEXIST',
  'EISDIR',
  'ENOTDIR',
  'EPERM',
]);

export type MoveOutcome = 'moved' | 'absent' | 'occupied';

/** A file takes the place of a file, as renaming does; everything else that is in the way stays there. */
export async function move(from: string, to: string): Promise<MoveOutcome> {
  try {
    await rename(from, to);
    return 'moved';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return 'absent';
    if (OCCUPIED.has(code)) return 'occupied';
    throw error;
  }
}

/** Others may move the same thing at the same time: more than one of them comes between only when something is wrong. */
const TRIES = 3;

/** Also when something is in the way, which is removed. What is not there (any more) is no fault. */
export async function moveOver(from: string, to: string): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if ((await move(from, to)) !== 'occupied') return;
    await remove(to);
  }
  throw new Error(`"${basename(to)}" cannot be put in its place: something returns there again and again.`);
}

/** At once out of sight, then gone. */
export async function remove(path: string): Promise<void> {
  const aside = join(dirname(path), `${GONE}${randomUUID()}`);
  if ((await move(path, aside)) === 'moved') await rm(aside, { recursive: true, force: true, maxRetries: 3 });
}
