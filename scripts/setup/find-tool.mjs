// Finds a program of the system by trying one way after the other, from what is there to what can be fetched.
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {object} Tool
 * @property {string} name as people say it
 * @property {string} variable of the environment, by which the caller names the one to use
 * @property {string} wanted what it must be, as an object of a sentence
 * @property {string} advice what to install when there is none, as an imperative
 */

/**
 * @typedef {object} Way
 * @property {() => readonly string[] | Promise<readonly string[]>} paths where the tool may be now, best first
 * @property {string} [doing] what the way does before one looks, in the -ing form; ways without it change nothing
 * @property {() => Promise<string | undefined>} [install] does that; resolves with why it could not be done
 */

/**
 * @typedef {object} Search
 * @property {NodeJS.ProcessEnv} env
 * @property {(path: string) => Promise<string | undefined>} inspect resolves with what is wrong with the tool at `path`
 * @property {(line: string) => void} say
 * @property {boolean} mayInstall
 */

/**
 * @param {Tool} tool
 * @param {readonly Way[]} ways
 * @param {Search} search
 * @returns {Promise<string | undefined>} its path; undefined when it is not there and may not be installed
 * @throws SetupError when the variable names one that does not work, or no way leads to one
 */
export async function findTool(tool, ways, search) {
  const given = search.env[tool.variable];
  if (given) {
    const fault = await search.inspect(given);
    if (fault === undefined) return given;
    throw new SetupError(`${tool.variable} is set to ${given}, but ${fault}: correct it or unset it.`);
  }
  /** @type {string[]} */
  const failures = [];
  for (const way of search.mayInstall ? ways : ways.filter((each) => each.install === undefined)) {
    const path = await takeWay(way, tool, search, failures);
    if (path !== undefined) return path;
  }
  if (!search.mayInstall) return undefined;
  throw new SetupError(
    `${tool.advice}, or set ${tool.variable} to one (${failures.join('; ') || 'found none'}).`,
  );
}

/**
 * @param {Way} way
 * @param {Tool} tool
 * @param {Search} search
 * @param {string[]} failures what went wrong so far; grows
 */
async function takeWay({ doing, install, paths }, tool, { inspect, say }, failures) {
  if (install) {
    const reason = failures.length > 0 ? ` (${failures.at(-1)})` : '';
    say(`${doing}, because there is no ${tool.wanted} yet${reason}`);
    const fault = await install();
    if (fault !== undefined) {
      failures.push(`${doing}: ${fault}`);
      return undefined;
    }
  }
  for (const path of await paths()) {
    const fault = await inspect(path);
    if (fault === undefined) return path;
    failures.push(`${path}: ${fault}`);
  }
  return undefined;
}
