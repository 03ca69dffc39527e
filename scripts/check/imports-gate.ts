/** The gate of the import rules. It asks which files were read: the tool is content with files it cannot parse. */
import { type Gate, listUnread } from './gate.ts';
import { runTool } from './run-tool.ts';
import { listSourceFiles, ROOMS } from './source-files.ts';

/** Of the report of dependency-cruiser, what is used here. */
export interface CruiseReport {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: { readonly violations: readonly Violation[] };
}

export interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

const CRUISE = ['--config', '.dependency-cruiser.cjs', '--no-progress', '--output-type', 'json'];

export const importsGate: Gate = {
  name: 'import rules',
  unit: 'files',
  async check(signal) {
    const sources = listSourceFiles();
    const { isSuccess, output } = await runTool('depcruise', [...CRUISE, ...ROOMS], {
      signal,
      output: 'keep',
    });
    if (!isSuccess && !output.startsWith('{')) return { read: 0, faults: output };
    const { modules, summary } = JSON.parse(output) as CruiseReport;
    const read = new Set(modules.map(({ source }) => source));
    const unread = listUnread(sources, read, 'dependency-cruiser did not read this file');
    const violations = summary.violations.map(({ from, to, rule }) => `${from} → ${to} (${rule.name})`);
    return { read: sources.length - unread.length, faults: [...violations, ...unread].join('\n') };
  },
};
