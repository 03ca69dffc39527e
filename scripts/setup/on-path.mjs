// Looks programs up on PATH, as a shell does, but gives all of them: the first may be the wrong one.
import { statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * All files of that name, in the order of PATH.
 * @param {string} command
 */
export function onPath(command) {
  const names = process.platform === 'win32' ? [`${command}.exe`, `${command}.cmd`] : [command];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name)).filter(isFile));
}

/** @param {string} path */
export function isFile(path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
