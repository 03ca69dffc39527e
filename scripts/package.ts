/** `npm run package -- FILE…`: puts films into the library, one after another, and says how each went. */
import { constants } from 'node:os';
import { basename } from 'node:path';
import type { Title } from '../server/library/title.ts';
import type { MadeTitle } from '../server/packager/made-title.ts';
import { type PackageOptions, packageFile } from '../server/packager/package-file.ts';
import { planFile } from '../server/packager/plan-file.ts';
import { printableName } from '../server/packager/printable-name.ts';
import { describeFailure, type Failure } from './package/describe-failure.ts';
import { describePlan } from './package/describe-plan.ts';
import { formatOutcomes, type Outcome } from './package/outcome-list.ts';
import { PACKAGE_HELP, type PackageFlags, readPackageFlags, UsageError } from './package/package-flags.ts';
import { createProgressDisplay, NO_DISPLAY, type ProgressDisplay } from './package/progress-display.ts';
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
  const outcomes: Outcome[] = [];
  for (const [i, file] of flags.files.entries()) {
    if (stop.signal.aborted) break;
    const place = flags.files.length > 1 ? `${i + 1} of ${flags.files.length}` : '';
    outcomes.push(await packageOne(file, place, flags));
  }
  if (flags.files.length > 1 && !flags.quiet && !flags.json && !flags.dryRun)
    console.log(formatOutcomes(flags.files, outcomes));
}

async function packageOne(file: string, place: string, flags: PackageFlags): Promise<Outcome> {
  const start = now();
  const display = flags.quiet
    ? NO_DISPLAY
    : createProgressDisplay({ name: basename(file), place, screen: process.stderr, now });
  const say = (text: string): void => {
    display.clear();
    console.error(text);
  };
  try {
    const options = { ...flags, signal: stop.signal, onNotice: say };
    const title = await (flags.dryRun ? tellPlan : makeTitle)(file, options, { display, say, start });
    return { file, seconds: now() - start, ...(title ? { title } : {}) };
  } catch (error) {
    display.clear();
    const failure = failureOf(file, error);
    reportFailure(file, failure, flags);
    return { file, seconds: now() - start, failure };
  }
}

interface Telling {
  readonly display: ProgressDisplay;
  readonly say: (text: string) => void;
  /** Seconds, when the file was begun. */
  readonly start: number;
}

async function tellPlan(file: string, flags: PackageFlags & PackageOptions): Promise<undefined> {
  const plan = await planFile(file, flags);
  const { id, title, commands } = plan;
  console.log(
    flags.json
      ? JSON.stringify({
          ok: true,
          file,
          plan: { id, title, rungs: plan.plan.rungs, renditions: plan.plan.renditions, commands },
        })
      : describePlan(plan, flags.library),
  );
}

async function makeTitle(
  file: string,
  flags: PackageFlags & PackageOptions,
  { display, say, start }: Telling,
): Promise<Title> {
  let made: MadeTitle | undefined;
  const title = await packageFile(file, {
    ...flags,
    onProgress: display.show,
    onMade: (facts) => {
      made = facts;
    },
    ...(flags.verbose ? { onCommand: say } : {}),
  });
  display.clear();
  if (flags.json) console.log(JSON.stringify({ ok: true, file, title }));
  else if (made && !flags.quiet)
    console.log(formatSummary({ title, made, seconds: now() - start, library: flags.library }));
  return title;
}

function failureOf(file: string, error: unknown): Failure {
  if (!stop.signal.aborted) return describeFailure(error);
  const message = `${printableName(basename(file))} was not packaged: ${stop.signal.reason.message} Nothing is left of it.`;
  return { code: 'interrupted', message };
}

function reportFailure(file: string, failure: Failure, { json, verbose }: PackageFlags): void {
  process.exitCode ||= 1;
  console.error(verbose && failure.details ? `${failure.message}\n${failure.details}` : failure.message);
  if (json) console.log(JSON.stringify({ ok: false, file, code: failure.code, message: failure.message }));
}

function now(): number {
  return performance.now() / 1000;
}
