/** How much memory a cache may have when nobody says. */
import { totalmem } from 'node:os';

/** Beyond that a machine has other uses for its memory, unless its operator knows better. */
const MOST = 2 * 1024 ** 3;

/** Bytes: a quarter of what this process may use, which in a container is less than what the machine has. */
export function defaultCacheMemory(): number {
  const allowed = process.constrainedMemory();
  const total = allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
  return Math.min(MOST, Math.floor(total / 4));
}
