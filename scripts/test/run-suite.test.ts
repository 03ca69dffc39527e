/** A runner's report is read from where it was told to leave it. */
import { expect, test } from 'vitest';
import { type Runner, runSuite } from './run-suite.ts';
import { runVitest } from './run-vitest.ts';

/** tsx runs a line of code as if it were a test runner. */
const runner = (code: string): Runner => ({
  tool: 'tsx',
  toolArguments: (report) => ['-e', code, report],
  readReport: (json) => JSON.parse(json),
  reportVariable: 'REPORT',
});

const options = { signal: new AbortController().signal, output: 'keep' } as const;

const WRITE = `require('node:fs').writeFileSync(process.env.REPORT, '{"passed":2,"failed":0,"skipped":1}');`;

test('the report counts, and what the runner printed is kept', async () => {
  const result = await runSuite(runner(`${WRITE} console.log('hello');`), options);
  expect(result).toEqual({ passed: 2, failed: 0, skipped: 1, output: 'hello\n' });
});

test('a runner that fell over is a failure, with or without a report', async () => {
  expect(await runSuite(runner(`${WRITE} process.exit(1);`), options)).toMatchObject({
    passed: 2,
    failed: 1,
  });
  expect(await runSuite(runner('process.exit(0);'), options)).toMatchObject({ passed: 0, failed: 1 });
});

test('vitest without a file to run is a failure', async () => {
  expect(await runVitest(['no/such/file'], options)).toMatchObject({ passed: 0, failed: 1 });
});

test('vitest with a file to run says how many tests passed', async () => {
  const result = await runVitest(['scripts/test/tally.test.ts'], options);
  expect(result).toMatchObject({ failed: 0, skipped: 0 });
  expect(result.passed).toBeGreaterThan(5);
});
