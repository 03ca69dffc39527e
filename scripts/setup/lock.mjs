// Lets one set-up at a time change the project folder, so that two commands at once do not install over each other.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 300;

/** Longer than all time limits of a set-up together: an older lock is left over, even if its process number lives on. */
const LONGEST_SETUP_MS = 3_600_000;

/**
 * Waits until nobody else holds the lock, does the work, and lets go. The lock of a process that is gone does not count.
 * @template T
 * @param {string} path the lock: a file that holds the number of the process that has it
 * @param {{ signal: AbortSignal, say: (line: string) => void }} context
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, { signal, say }, work) {
  mkdirSync(dirname(path), { recursive: true });
  for (let said = false; !take(path); said = true) {
    signal.throwIfAborted();
    const holder = holderOf(path);
    if (holder === undefined) continue;
    if (!said) say(`waiting for the set-up that process ${holder} is doing`);
    await delay(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * The file appears with its content at once (a link to a finished file), so nobody ever reads an empty lock.
 * @param {string} path
 */
function take(path) {
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(mine, { force: true });
  }
}

/**
 * Who holds the lock; undefined when nobody does, after removing one that was left behind.
 * @param {string} path
 */
function holderOf(path) {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    const ageMs = Date.now() - statSync(path).mtimeMs;
    if (isAlive(holder) && ageMs < LONGEST_SETUP_MS) return holder;
    discard(path, holder);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
  }
  return undefined;
}

/**
 * Moves the lock away before it is removed: of two processes that saw it left behind only one gets it, and one that gets
 * the lock of somebody who came in between gives it back.
 * @param {string} path
 * @param {number} holder whose lock it should be
 */
function discard(path, holder) {
  const aside = `${path}.${process.pid}.left`;
  renameSync(path, aside);
  if (Number(readFileSync(aside, 'utf8')) !== holder) linkSync(aside, path);
  rmSync(aside, { force: true });
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
