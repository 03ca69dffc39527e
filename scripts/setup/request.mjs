// What the command line of set-up asks for.
import { SetupError } from './setup-error.mjs';

/**
 * @typedef {object} Request
 * @property {boolean} ffmpeg whether ffmpeg and ffprobe are needed
 * @property {boolean} browser whether a Chromium is needed
 * @property {string | undefined} script the script to run afterwards, relative to the project
 * @property {readonly string[]} arguments of that script, untouched
 */

/**
 * A script that is only asked for its help needs no tool beyond its npm packages.
 * @param {readonly string[]} words the command line behind `setup.mjs`
 * @returns {Request}
 * @throws SetupError for an option it does not know, or `--run` without a script
 */
export function readRequest(words) {
  const run = words.indexOf('--run');
  const options = run === -1 ? words : words.slice(0, run);
  const unknown = options.find((word) => word !== '--with-browser' && word !== '--without-ffmpeg');
  if (unknown !== undefined) throw new SetupError(`scripts/setup.mjs does not know the option ${unknown}.`);
  const [script, ...scriptArguments] = run === -1 ? [] : words.slice(run + 1);
  if (run !== -1 && script === undefined) throw new SetupError('scripts/setup.mjs --run wants a script.');
  const helpOnly = scriptArguments.includes('--help') || scriptArguments.includes('-h');
  return {
    ffmpeg: !helpOnly && !options.includes('--without-ffmpeg'),
    browser: !helpOnly && options.includes('--with-browser'),
    script,
    arguments: scriptArguments,
  };
}
