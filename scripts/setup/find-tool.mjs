// Finds a program of the system by trying one way after the other, from what is there to what can be fetched.
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {object} Tool
 * @property {string} variable of the environment, by which the caller names the one to use
 * @property {string} wanted what it must be, as an object of a sentence
 * @property {string} advice what to install when there is none, as an imperative
 */

/**
 * @typedef {object} Way
 * @property {() => readonly string[] | Promise<readonly string[]>} paths where the tool may be now, best first
 * @property {() => Promise<Installation>} [plan] what to do before one looks there; ways without it change nothing
 */

/**
 * Either what will be done (in the -ing form) and how, which resolves with why it failed; or why it cannot be done here.
 * @typedef {{ doing: string, run: () => Promise<string | undefined> } | { hindrance: string }} Installation
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
  for (const way of search.mayInstall ? ways : ways.filter((each) => each.plan === undefined)) {
    const path = await takeWay(way, tool, search, failures);
    if (path !== undefined) return path;
  }
  if (!search.mayInstall) return undefined;
  throw new SetupError(`${tool.advice}, or set ${tool.variable} to one (${failures.join('; ')}).`);
}

/**
 * @param {Way} way
 * @param {Tool} tool
 * @param {Search} search
 * @param {string[]} failures what went wrong so far; grows
 */
async function takeWay({ plan, paths }, tool, { inspect, say }, failures) {
  const failure = plan && (await install(await plan(), tool, say, failures));
  if (failure !== undefined) {
    failures.push(failure);
    return undefined;
  }
  for (const path of await paths()) {
    const fault = await inspect(path);
    if (fault === undefined) return path;
    failures.push(`${path}: ${fault}`);
  }
  return undefined;
}

/**
 * @param {Installation} plan
 * @param {Tool} tool
 * @param {(line: string) => void} say
 * @param {readonly string[]} failures
 * @returns {Promise<string | undefined>} why it did not work
 */
async function install(plan, tool, say, failures) {
  if ('hindrance' in plan) return plan.hindrance;
  const reason = failures.length > 0 ? ` (${failures.at(-1)})` : '';
  say(`${plan.doing}, because there is no ${tool.wanted} yet${reason}`);
  const fault = await plan.run();
  return fault && `${plan.doing} failed: ${fault}`;
}
