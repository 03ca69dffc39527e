/** Runs the end-to-end tests in a real browser and says how they went. */
import { runSuite, type SuiteOptions, type SuiteResult } from './run-suite.ts';
import { readPlaywrightReport } from './tally.ts';

/**
 * @param patterns as Playwright takes them: regular expressions on paths of test files; all files when empty
 * @param config in e2e/
 */
export function runPlaywright(
  patterns: readonly string[],
  options: SuiteOptions,
  config = 'playwright.config.ts',
): Promise<SuiteResult> {
  return runSuite(
    {
      tool: 'playwright',
      toolArguments: () => ['test', `--config=e2e/${config}`, ...patterns],
      readReport: readPlaywrightReport,
      reportVariable: 'PLAYWRIGHT_JSON_OUTPUT_FILE',
    },
    options,
  );
}
