// Looks for what a command needs, installs what is missing, and names the tools it found in the environment.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHROMIUM, downloadedByPlaywright, inspectChromium, installedChromiums } from './chromium.mjs';
import { besideFfmpeg, FFMPEG, FFPROBE, inspectFfmpeg, inspectFfprobe, shippedInNpm } from './ffmpeg.mjs';
import { findTool } from './find-tool.mjs';
import { withLock } from './lock.mjs';
import { arePackagesInstalled, installPackages } from './npm-packages.mjs';
import { onPath } from './on-path.mjs';
import { runCommand } from './run-command.mjs';
import { bySystem } from './system-packages.mjs';
import { openVerdicts } from './verdicts.mjs';

/** @typedef {(command: readonly string[], limits: { timeout: number, cwd?: string }) => Promise<import('./run-command.mjs').Outcome>} Run */

/**
 * @typedef {object} Context
 * @property {string} root folder of the project
 * @property {boolean} isRoot
 * @property {Run} run
 * @property {(line: string) => void} say
 */

/** @typedef {import('./find-tool.mjs').Way} Way */

/**
 * Afterwards `node_modules` is right, and `FFMPEG_PATH`, `FFPROBE_PATH` and `CHROMIUM_PATH` name what was asked for.
 * Only when something is missing does it take the lock and look again, now installing.
 * @param {Pick<import('./request.mjs').Request, 'ffmpeg' | 'browser'>} needs
 * @param {AbortSignal} signal
 * @throws SetupError when something cannot be had
 */
export async function prepare(needs, signal) {
  /** @type {Context} */
  const context = {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    isRoot: process.getuid?.() === 0,
    run: (command, limits) => runCommand(command, { ...limits, signal }),
    say: (line) => console.error(`weir: ${line}`),
  };
  const found =
    (await look(needs, context, false)) ??
    (await withLock(join(context.root, '.cache', 'setup.lock'), { signal, say: context.say }, () =>
      look(needs, context, true),
    ));
  Object.assign(process.env, found);
}

/**
 * @param {Pick<import('./request.mjs').Request, 'ffmpeg' | 'browser'>} needs
 * @param {Context} context
 * @param {boolean} mayInstall
 * @returns {Promise<Record<string, string> | undefined>} undefined when something is missing and may not be installed
 */
async function look(needs, context, mayInstall) {
  if (!arePackagesInstalled(context.root)) {
    if (!mayInstall) return undefined;
    await installPackages(context);
  }
  const verdicts = openVerdicts(join(context.root, '.cache', 'tools.json'));
  /** @type {Record<string, string>} */
  const found = {};
  for (const { tool, ways, inspect } of wantedTools(needs, context)) {
    const path = await findTool(tool, ways, {
      env: process.env,
      inspect: (candidate) => verdicts.of(candidate, (program) => inspect(program, context.run)),
      say: context.say,
      mayInstall,
    });
    if (path === undefined) return undefined;
    found[tool.variable] = path;
  }
  return found;
}

/**
 * @param {Pick<import('./request.mjs').Request, 'ffmpeg' | 'browser'>} needs
 * @param {Context} context
 */
function wantedTools(needs, context) {
  const tools = [];
  if (needs.ffmpeg) {
    const system = bySystem('ffmpeg', context);
    const ffmpegs = () => onPath('ffmpeg');
    const ffprobes = () => [...besideFfmpeg(), ...onPath('ffprobe')];
    tools.push(
      {
        tool: FFMPEG,
        inspect: inspectFfmpeg,
        ways: inOrder(ffmpegs, system, shippedInNpm('ffmpeg', context)),
      },
      {
        tool: FFPROBE,
        inspect: inspectFfprobe,
        ways: inOrder(ffprobes, system, shippedInNpm('ffprobe', context)),
      },
    );
  }
  if (needs.browser) {
    const ways = inOrder(installedChromiums, bySystem('chromium', context), downloadedByPlaywright(context));
    tools.push({ tool: CHROMIUM, inspect: inspectChromium, ways });
  }
  return tools;
}

/**
 * What is there comes before what must be installed, and what the system cares for before a copy of our own.
 * @param {() => readonly string[]} paths where an installed one is
 * @param {ReturnType<typeof bySystem>} system
 * @param {{ there: Way, fetched: Way }} own
 * @returns {readonly Way[]}
 */
function inOrder(paths, system, own) {
  return [{ paths }, own.there, { plan: system, paths }, own.fetched];
}
