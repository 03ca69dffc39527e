/** What each rung has become so far: a row each, as wide as the terminal allows. */
import type { RateTarget } from '../../server/packager/ladder/ladder.ts';
import type { RungProgress } from '../../server/packager/progress.ts';
import { kilobits, megabytes } from './format-numbers.ts';
import { alignColumns, columnsOf, fitColumns } from './text-columns.ts';

/** The most important first; a narrow terminal shows fewer. */
const COLUMNS: readonly {
  readonly title: string;
  readonly isNumber: boolean;
  readonly cell: (rung: RungProgress) => string;
}[] = [
  { title: 'rung', isNumber: false, cell: ({ id }) => id },
  { title: 'so far', isNumber: true, cell: ({ bytes }) => (bytes > 0 ? megabytes(bytes) : '–') },
  { title: 'rate', isNumber: true, cell: ({ liveRate }) => (liveRate > 0 ? kilobits(liveRate) : '–') },
  { title: 'resolution', isNumber: false, cell: ({ width, height }) => `${width}×${height}` },
  { title: 'target', isNumber: false, cell: ({ rate }) => describeTarget(rate) },
];

/** None for sound alone. */
export function formatRungs(rungs: readonly RungProgress[], columns: number): string[] {
  if (rungs.length === 0) return [];
  for (let shown = COLUMNS.length; shown > 1; shown--) {
    const lines = tableOf(rungs, shown);
    if (lines.every((line) => columnsOf(line) <= columns)) return lines;
  }
  return tableOf(rungs, 1).map((line) => fitColumns(line, columns));
}

function tableOf(rungs: readonly RungProgress[], shown: number): string[] {
  const used = COLUMNS.slice(0, shown);
  const rows = [used.map(({ title }) => title), ...rungs.map((rung) => used.map(({ cell }) => cell(rung)))];
  const right = new Set(used.flatMap(({ isNumber }, i) => (isNumber ? [i] : [])));
  return alignColumns(rows, right).map((line) => `  ${line}`);
}

/** `crf 23 up to 2304 kbit/s`, `3000 kbit/s on average`, `3000 kbit/s always`. */
export function describeTarget(rate: RateTarget): string {
  switch (rate.kind) {
    case 'crf':
      return `crf ${rate.crf}, at most ${kilobits(rate.maxRate)}`;
    case 'vbr':
      return `${kilobits(rate.averageRate)} on average`;
    case 'cbr':
      return `${kilobits(rate.rate)} at all times`;
  }
}
