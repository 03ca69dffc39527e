/** `npm run verify -- ID…`: whether titles, and presentations of anyone, are what they claim to be. */

import { stat } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { isTitleId } from '../server/library/title.ts';
import { verifyPresentation } from '../server/verify/verify-presentation.ts';
import { formatVerdict } from './verify/verdict-table.ts';
import { readVerifyFlags, VERIFY_HELP, type VerifyFlags, VerifyUsageError } from './verify/verify-flags.ts';

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    process.exitCode = 128 + constants.signals[name];
    stop.abort(new Error(`Interrupted by ${name}.`));
  });
}

try {
  const flags = readVerifyFlags(process.argv.slice(2), process.env);
  if (flags) await verifyAll(flags);
  else console.log(VERIFY_HELP);
} catch (error) {
  if (error instanceof VerifyUsageError) {
    console.error(`${error.message}\n\n${VERIFY_HELP}`);
    process.exitCode = 2;
  } else if (stop.signal.aborted) console.error(stop.signal.reason.message);
  else throw error;
}

async function verifyAll(flags: VerifyFlags): Promise<void> {
  for (const [i, target] of flags.targets.entries()) {
    const path = await pathOf(target, flags.library);
    const verdict = await verifyPresentation(path, { signal: stop.signal, isFull: flags.isFull });
    if (!verdict.isSound) process.exitCode = 1;
    if (flags.json) console.log(JSON.stringify({ target, ...verdict }));
    else console.log(`${i > 0 ? '\n' : ''}${target}\n${formatVerdict(verdict)}`);
  }
}

/** A title of the library goes before a folder of the same name. */
async function pathOf(target: string, library: string): Promise<string> {
  const folder = join(library, target);
  const isTitle = isTitleId(target) && (await stat(folder).catch(() => undefined))?.isDirectory();
  return isTitle ? folder : target;
}
