// Brings `node_modules` to what `package-lock.json` says.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SetupError } from './setup-error.mjs';

/** @typedef {Readonly<Record<string, { version?: string, optional?: boolean, integrity?: string }>>} LockedPackages */

/**
 * Whether what npm last installed (`node_modules/.package-lock.json`) is what the lock file asks for. npm writes that
 * record last, so a killed installation has none; contents tell more than dates, which a checkout or a copy changes.
 * @param {string} root folder of the project
 */
export function arePackagesInstalled(root) {
  const wanted = readLock(join(root, 'package-lock.json'));
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  return wanted !== undefined && installed !== undefined && isSatisfied(wanted, installed);
}

/**
 * Optional packages may be missing: they are made for other systems.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
export function isSatisfied(wanted, installed) {
  const isSame = (/** @type {string} */ path) =>
    wanted[path]?.version === installed[path]?.version &&
    wanted[path]?.integrity === installed[path]?.integrity;
  return (
    Object.keys(installed).every(isSame) &&
    Object.keys(wanted).every((path) => path === '' || wanted[path]?.optional || isSame(path))
  );
}

/**
 * @param {import('./prepare.mjs').Context} context
 * @throws SetupError when npm cannot do it
 */
export async function installPackages({ root, run, say }) {
  say(
    'installing the npm packages of package-lock.json (npm ci), because node_modules does not hold them yet',
  );
  const { fault } = await run([...npmCommand(), 'ci', '--include=dev'], { timeout: 900, cwd: root });
  if (fault === undefined) return;
  throw new SetupError(`npm ci failed (${fault}): check the connection to the npm registry and start again.`);
}

/** npm as it was started with, or the one on PATH. */
export function npmCommand(startedWith = process.env['npm_execpath']) {
  const isNpm = startedWith !== undefined && basename(startedWith) === 'npm-cli.js';
  return isNpm ? [process.execPath, startedWith] : ['npm'];
}

/**
 * @param {string} path
 * @returns {LockedPackages | undefined} undefined when there is none, or none that can be read
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
