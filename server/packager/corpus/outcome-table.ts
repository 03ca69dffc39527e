/** Writes what came out of the corpus as a table in Markdown. */
import { sizeOf } from './expect-outcome.ts';
import type { Outcome } from './package-sample.ts';

const HEADER = ['input', 'outcome', 'rungs', 'sound', 'wall', 'CPU', 'size'];

/**
 * Wall and CPU are in seconds for each second of film; size is that of all files, beside the input's. An input that took
 * less than a second says little about either.
 */
export function formatOutcomes(outcomes: readonly Outcome[]): string {
  const rows = [HEADER, HEADER.map(() => '---'), ...outcomes.map(rowOf)];
  return `${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function rowOf({ file, inputBytes, cost, title, audio, notices, refusal }: Outcome): string[] {
  if (!title) return [file, `${refusal?.code}: ${refusal?.message}`, '', '', '', '', megabytes(inputBytes)];
  const pictures = title.representations.filter(({ kind }) => kind === 'video');
  const rate = pictures[0]?.frameRate?.toFixed(2).replace(/\.?0+$/, '');
  const bytes = Object.values(title.files).reduce((sum, each) => sum + each.bytes, 0);
  const ratio = (seconds: number | undefined): string =>
    seconds === undefined ? '–' : (seconds / title.duration).toFixed(1);
  return [
    file,
    [`${title.duration.toFixed(2)} s`, ...notices].join('; '),
    pictures.length > 0 ? `${pictures.map(sizeOf).join(' ')} at ${rate}` : '',
    audio.join(', '),
    ratio(cost.wall),
    ratio(cost.cpu),
    `${megabytes(bytes)} (${megabytes(inputBytes)})`,
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}
