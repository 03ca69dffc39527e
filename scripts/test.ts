/**
 * `npm test`: the checks, then the tests beside the sources, then the site is built, then the end-to-end tests in a real
 * browser. One step that fails does not keep the others from being run. The last line says `N passed, N failed`.
 */
import { join } from 'node:path';
import { buildSite, isBuildStale } from './build.ts';
import { STATIC_GATES } from './check/gates.ts';
import { passGates } from './check/pass-gates.ts';
import { ROOT } from './check/run-tool.ts';
import { createSizeGate } from './check/size-gate.ts';
import { runPlaywright } from './test/run-playwright.ts';
import { runVitest } from './test/run-vitest.ts';
import { addTallies, formatTally, NOTHING, type Tally } from './test/tally.ts';
import { untilInterrupted } from './test/until-interrupted.ts';

const HELP = `npm test                      everything
npm test -- unit [PART…]      the tests beside the sources, of paths that contain a PART
npm test -- e2e [PATTERN…]    the end-to-end tests in Chromium, of paths that match a PATTERN
npm run test:films            real films watched in full, where they are at hand
npm run test:corpus [PART…]   films of all kinds packaged, where they are at hand; WEIR_CORPUS_TABLE=FILE writes a table`;

/** Each step prints what it does and resolves with its tally; a red check counts as a failed test. */
type Step = (signal: AbortSignal) => Promise<Tally>;

const check: Step = async (signal) => {
  const red = await passGates(STATIC_GATES, console.log, signal);
  return { ...NOTHING, failed: red.length };
};

const unit =
  (parts: readonly string[], config?: string): Step =>
  (signal) =>
    runVitest(parts, { signal, output: 'show' }, config);

/** Without the site there is nothing to look at in a browser: that is one failure, not one for each test. */
const endToEnd =
  (patterns: readonly string[], config?: string): Step =>
  async (signal) => {
    try {
      if (await isBuildStale()) await buildSite({ signal });
    } catch (error) {
      signal.throwIfAborted();
      console.error('The site could not be built, so no end-to-end test was run.', error);
      return { ...NOTHING, failed: 1 };
    }
    const red = await passGates([createSizeGate(join(ROOT, 'player/dist'))], console.log, signal);
    const tally = await runPlaywright(patterns, { signal, output: 'show' }, config);
    return { ...tally, failed: tally.failed + red.length };
  };

function stepsFor([suite, ...patterns]: readonly string[]): readonly Step[] | undefined {
  if (suite === undefined) return [check, unit([]), endToEnd([])];
  if (suite === 'unit') return [unit(patterns)];
  if (suite === 'corpus') return [unit(patterns, 'vitest.corpus.config.ts')];
  if (suite === 'films') return [endToEnd(patterns, 'films.config.ts')];
  return suite === 'e2e' ? [endToEnd(patterns)] : undefined;
}

async function run(steps: readonly Step[], signal: AbortSignal): Promise<boolean> {
  const tallies: Tally[] = [];
  for (const step of steps) tallies.push(await step(signal));
  const total = addTallies(tallies);
  console.log(`\n${formatTally(total)}`);
  return total.failed === 0;
}

const words = process.argv.slice(2);
const steps = stepsFor(words);
if (words.includes('--help') || words.includes('-h')) console.log(HELP);
else if (steps) await untilInterrupted((signal) => run(steps, signal));
else {
  console.error(`npm test knows no suite called ${words[0]}.\n\n${HELP}`);
  process.exitCode = 1;
}
