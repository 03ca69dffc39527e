/** What became of each file of a queue: the last thing that a person reads. */
import { basename } from 'node:path';
import type { Title } from '../../server/library/title.ts';
import { clock } from '../../server/packager/clock.ts';
import type { Failure } from './describe-failure.ts';
import { megabytes } from './format-numbers.ts';
import { alignColumns, fitColumns } from './text-columns.ts';

export interface Outcome {
  readonly file: string;
  readonly seconds: number;
  readonly title?: Title;
  readonly failure?: Failure;
}

const LONGEST_NAME = 32;

/** `files` are all that were asked for; those without an outcome were not begun. */
export function formatOutcomes(files: readonly string[], outcomes: readonly Outcome[]): string {
  const done = outcomes.filter(({ title }) => title !== undefined).length;
  const rows = files.map((file, i) => rowOf(file, outcomes[i]));
  return [
    `${done} of ${files.length} files are in the library:`,
    ...alignColumns(rows, new Set([2, 3])).map((row) => `  ${row}`),
  ].join('\n');
}

function rowOf(file: string, outcome: Outcome | undefined): string[] {
  const name = fitColumns(basename(file), LONGEST_NAME);
  if (!outcome) return ['–', name, '', '', 'not begun'];
  const { title, failure, seconds } = outcome;
  if (!title) return ['✗', name, clock(seconds), '', failure?.code ?? ''];
  const bytes = Object.values(title.files).reduce((sum, each) => sum + each.bytes, 0);
  return ['✓', name, clock(seconds), megabytes(bytes), title.id];
}
