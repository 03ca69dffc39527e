// Remembers which programs passed inspection, until they change: a start must not run ffmpeg to know ffmpeg.
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** @typedef {{ size: number, modifiedMs: number }} FileState */

/**
 * Refusals are not kept: a program that does not run may do so once something else on the machine was mended.
 * @param {string} path of the JSON file that keeps them; a missing or damaged one is an empty one
 */
export function openVerdicts(path) {
  /** @type {Record<string, FileState>} */
  let passed = readJson(path);

  return {
    /**
     * @param {string} program path of it
     * @param {(path: string) => Promise<string | undefined>} inspect resolves with what is wrong with it
     */
    async of(program, inspect) {
      const state = stateOf(program);
      const known = passed[program];
      if (state && known?.size === state.size && known.modifiedMs === state.modifiedMs) return undefined;
      const fault = await inspect(program);
      if (state && fault === undefined) keep({ ...passed, [program]: state });
      return fault;
    },
  };

  /** @param {Record<string, FileState>} changed */
  function keep(changed) {
    passed = changed;
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.${process.pid}`, JSON.stringify(passed, undefined, 2));
      renameSync(`${path}.${process.pid}`, path);
    } catch {
      // A folder that cannot be written costs the next start an inspection, nothing more.
    }
  }
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {string} program
 * @returns {FileState | undefined} undefined when there is no such file
 */
function stateOf(program) {
  const stats = statSync(program, { throwIfNoEntry: false });
  return stats && { size: stats.size, modifiedMs: stats.mtimeMs };
}
