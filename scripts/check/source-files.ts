/** The files that we wrote: what the gates must have read, and what their names may be. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from './run-tool.ts';

export const ROOMS = ['player', 'server', 'scripts', 'e2e'];

const MADE_BY_TOOLS = /(^|\/)(node_modules|dist|results)\//;

/** Names that say nothing: whatever stands in such a file has a better place, and everybody would import it. */
const EMPTY_NAMES = new Set(['utils', 'util', 'helpers', 'helper', 'types', 'common', 'manager', 'index']);

/** Paths of the code in all rooms, relative to the project, with `/`. */
export function listSourceFiles(): readonly string[] {
  return ROOMS.flatMap((room) => readdirSync(join(ROOT, room), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !MADE_BY_TOOLS.test(path));
}

/** Of these paths, the files and folders whose name (or a part of it, as in `string-utils`) says nothing. */
export function findEmptyNames(paths: readonly string[]): readonly string[] {
  return paths.filter((path) =>
    path.split('/').some((part) => {
      const name = part.replace(/\.(test|e2e|d)?\.?(ts|mjs)$/, '');
      return EMPTY_NAMES.has(name) || EMPTY_NAMES.has(name.split('-').at(-1) ?? '');
    }),
  );
}
