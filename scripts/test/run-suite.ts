/** Runs a test runner that leaves a report, and reads it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTool, type ToolOptions } from '../check/run-tool.ts';
import { judgeRun, type Tally } from './tally.ts';

export interface Runner {
  readonly tool: string;
  /** @param report path of the file that the runner shall write its report to */
  toolArguments(report: string): readonly string[];
  readReport(json: string): Tally;
  /** Variable of the environment that tells the runner where its report goes, for one that takes no argument. */
  readonly reportVariable?: string;
}

/** A test in an endless loop cannot be stopped from inside, and a run that hangs says nothing for hours. */
const RUN_LIMIT_MS = 30 * 60_000;

export type SuiteOptions = Pick<ToolOptions, 'signal' | 'output'>;

export interface SuiteResult extends Tally {
  /** What the runner printed; empty when it was shown. */
  readonly output: string;
}

/** A runner that fell over, was still running after half an hour, left no report or ran no test counts as a failure. The report is its own file for each run. */
export async function runSuite(runner: Runner, { signal, output }: SuiteOptions): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-tests-'));
  try {
    const report = join(folder, 'report.json');
    const env = runner.reportVariable === undefined ? {} : { [runner.reportVariable]: report };
    const limit = AbortSignal.timeout(RUN_LIMIT_MS);
    const options = { signal: AbortSignal.any([signal, limit]), output, env };
    const result = await runTool(runner.tool, runner.toolArguments(report), options).catch((error) => {
      if (signal.aborted || !limit.aborted) throw error;
      return { isSuccess: false, output: `${runner.tool} was stopped: it took too long.\n` };
    });
    const json = await readFile(report, 'utf8').catch(() => undefined);
    const tally = json === undefined ? undefined : runner.readReport(json);
    return { ...judgeRun(tally, result.isSuccess), output: result.output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
