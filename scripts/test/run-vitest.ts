/** Runs the unit and integration tests and says how they went. */
import { runSuite, type SuiteOptions, type SuiteResult } from './run-suite.ts';
import { readVitestReport } from './tally.ts';

/** @param patterns parts of paths of test files; all files when empty. @param config beside `scripts/` */
export function runVitest(
  patterns: readonly string[],
  options: SuiteOptions,
  config = 'vitest.config.ts',
): Promise<SuiteResult> {
  return runSuite(
    {
      tool: 'vitest',
      toolArguments: (report) => [
        'run',
        `--config=scripts/${config}`,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...patterns,
      ],
      readReport: readVitestReport,
    },
    options,
  );
}
