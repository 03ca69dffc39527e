// Runs a TypeScript entry of ours in this process: no child to forward signals to, no second start of Node.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The script sees `process.argv` as if Node had been started with it.
 * @param {string} script relative to the working folder
 * @param {readonly string[]} scriptArguments
 */
export async function runScript(script, scriptArguments) {
  const { register } = await import('tsx/esm/api');
  register();
  const path = resolve(script);
  process.argv = [process.execPath, path, ...scriptArguments];
  await import(pathToFileURL(path).href);
}
