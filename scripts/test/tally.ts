/** How many tests passed, failed and were left out, read from the reports of our two runners. */

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    NOTHING,
  );
}

/** The closing line of `npm test`. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

/** A test file that fell over before its first test counts as one failure. */
export function readVitestReport(json: string): Tally {
  const report = JSON.parse(json) as VitestReport;
  const fallenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + fallenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

interface PlaywrightReport {
  readonly errors: readonly unknown[];
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

/** Flaky is failed: a test that passes only sometimes proves nothing. So is an error outside of all tests. */
export function readPlaywrightReport(json: string): Tally {
  const { errors, stats } = JSON.parse(json) as PlaywrightReport;
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

/** A runner that fell over, or ran nothing at all, is one failure: silence is no pass. */
export function judgeRun(tally: Tally | undefined, isSuccess: boolean): Tally {
  if (tally === undefined) return { ...NOTHING, failed: 1 };
  const isSilent = tally.passed === 0 || !isSuccess;
  return isSilent && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
