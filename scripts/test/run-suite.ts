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

export type SuiteOptions = Pick<ToolOptions, 'signal' | 'output'>;

export interface SuiteResult extends Tally {
  /** What the runner printed; empty when it was shown. */
  readonly output: string;
}

/** A runner that fell over, left no report or ran no test counts as a failure. The report is its own file for each run. */
export async function runSuite(runner: Runner, { signal, output }: SuiteOptions): Promise<SuiteResult> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-tests-'));
  try {
    const report = join(folder, 'report.json');
    const env = runner.reportVariable === undefined ? {} : { [runner.reportVariable]: report };
    const result = await runTool(runner.tool, runner.toolArguments(report), { signal, output, env });
    const json = await readFile(report, 'utf8').catch(() => undefined);
    const tally = json === undefined ? undefined : runner.readReport(json);
    return { ...judgeRun(tally, result.isSuccess), output: result.output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
