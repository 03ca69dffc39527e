/** `npm run package -- FILE…`: puts films into the library, one after another, and says how each went. */
import { constants } from 'node:os';
import { basename } from 'node:path';
import type { Title } from '../server/library/title.ts';
import { packageFile } from '../server/packager/package-file.ts';
import { printableName } from '../server/packager/printable-name.ts';
import { describeFailure, type Failure } from './package/describe-failure.ts';
import { PACKAGE_HELP, type PackageFlags, readPackageFlags, UsageError } from './package/package-flags.ts';
import { createProgressDisplay } from './package/progress-display.ts';
import { formatSummary } from './package/summary-table.ts';

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    process.exitCode = 128 + constants.signals[name];
    stop.abort(new Error(`Interrupted by ${name}.`));
  });
}
// Whoever reads may leave (`| head`): the work then ends in good order, as with Ctrl-C.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => stop.abort(new Error('Nobody reads its output any more.')));
}

try {
  const flags = readPackageFlags(process.argv.slice(2), process.env);
  if (flags) await packageAll(flags);
  else console.log(PACKAGE_HELP);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${PACKAGE_HELP}`);
  process.exitCode = 2;
}

/** One bad file does not keep the others from being packaged; an interruption ends all. */
async function packageAll(flags: PackageFlags): Promise<void> {
  for (const file of flags.files) {
    if (stop.signal.aborted) return;
    await packageOne(file, flags);
  }
}

async function packageOne(file: string, flags: PackageFlags): Promise<void> {
  const start = performance.now();
  const display = createProgressDisplay(printableName(basename(file)), process.stderr);
  const say = (text: string): void => {
    display.clear();
    console.error(text);
  };
  try {
    const title = await packageFile(file, {
      ...flags,
      signal: stop.signal,
      onProgress: display.show,
      onNotice: say,
      ...(flags.verbose ? { onCommand: say } : {}),
    });
    display.clear();
    reportSuccess(file, title, { json: flags.json, seconds: (performance.now() - start) / 1000 });
  } catch (error) {
    display.clear();
    reportFailure(file, error, flags);
  }
}

function reportSuccess(
  file: string,
  title: Title,
  { json, seconds }: { json: boolean; seconds: number },
): void {
  console.log(json ? JSON.stringify({ ok: true, file, title }) : formatSummary(title, seconds));
}

function reportFailure(file: string, error: unknown, { json, verbose }: PackageFlags): void {
  const failure: Failure = stop.signal.aborted
    ? {
        code: 'interrupted',
        message: `${printableName(basename(file))} was not packaged: ${stop.signal.reason.message}`,
      }
    : describeFailure(error);
  process.exitCode ||= 1;
  console.error(verbose && failure.details ? `${failure.message}\n${failure.details}` : failure.message);
  if (json) console.log(JSON.stringify({ ok: false, file, code: failure.code, message: failure.message }));
}
