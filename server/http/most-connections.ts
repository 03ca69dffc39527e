/** How many connections this process can hold at all: each takes one of the files that the system lets it have open. */
import { readFileSync } from 'node:fs';

/** For the library, what is being read, logs and the process itself. */
const OTHER_FILES = 512;

/** `wanted`, or what the system leaves for connections if that is less; where the system does not tell, `wanted`. */
export function mostConnections(wanted: number, openFileLimit = readOpenFileLimit()): number {
  return Math.max(16, Math.min(wanted, openFileLimit - OTHER_FILES));
}

/** The soft limit, which Node has raised to the hard one. */
function readOpenFileLimit(): number {
  try {
    return parseOpenFileLimit(readFileSync('/proc/self/limits', 'utf8'));
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** `Max open files            20000                20000                files` */
export function parseOpenFileLimit(limits: string): number {
  const [, soft] = /^Max open files\s+(\d+)/m.exec(limits) ?? [];
  return soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
}
