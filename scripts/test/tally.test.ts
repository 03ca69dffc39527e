/** How reports become the closing line, and what is no pass. */
import { expect, test } from 'vitest';
import { addTallies, formatTally, judgeRun, readPlaywrightReport, readVitestReport } from './tally.ts';

test('the closing line names what was skipped only when something was', () => {
  expect(formatTally({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(formatTally({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});

test('tallies add up, and no tally is nothing', () => {
  const one = { passed: 1, failed: 2, skipped: 3 };
  expect(addTallies([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  expect(addTallies([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
});

test('a vitest file that fell over before its first test is one failure', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'passed', assertionResults: [{}] },
    ],
  };
  expect(readVitestReport(JSON.stringify(report))).toEqual({ passed: 5, failed: 2, skipped: 3 });
});

test('in the browser, flaky is failed, and so is an error outside of all tests', () => {
  const report = { errors: [{}], stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } };
  expect(readPlaywrightReport(JSON.stringify(report))).toEqual({ passed: 5, failed: 3, skipped: 2 });
});

test.each([
  ['ran nothing', { passed: 0, failed: 0, skipped: 0 }, true],
  ['skipped everything', { passed: 0, failed: 0, skipped: 4 }, true],
  ['fell over after tests that passed', { passed: 3, failed: 0, skipped: 0 }, false],
  ['left no report', undefined, true],
])('a runner that %s is a failure', (_, tally, isSuccess) => {
  expect(judgeRun(tally, isSuccess)).toMatchObject({ failed: 1 });
});

test('a runner that passed is left as it is, and failures are not counted twice', () => {
  expect(judgeRun({ passed: 3, failed: 0, skipped: 1 }, true)).toEqual({ passed: 3, failed: 0, skipped: 1 });
  expect(judgeRun({ passed: 3, failed: 2, skipped: 0 }, false)).toEqual({ passed: 3, failed: 2, skipped: 0 });
});
