/** Tells a person what was made: one row for each representation, and where to watch it. */
import type { Title, TitleRepresentation } from '../../server/library/title.ts';
import { clock } from './progress-display.ts';

export function formatSummary(title: Title, seconds: number): string {
  const rows = [['rung', 'size', 'average', 'peak', 'bytes'], ...title.representations.map(rowOf)];
  const total = Object.values(title.files).reduce((sum, file) => sum + file.bytes, 0);
  return [
    `"${title.title}" is in the library: ${clock(title.duration)} packaged in ${clock(seconds)}, ${megabytes(total)}.`,
    ...alignColumns(rows).map((row) => `  ${row}`),
    `Watch it: npm start, then http://127.0.0.1:8080/watch/${title.id}`,
  ].join('\n');
}

function rowOf(representation: TitleRepresentation): string[] {
  const { id, width, height, averageBandwidth, bandwidth, bytes, codecs } = representation;
  const size = width && height ? `${width}×${height}` : codecs;
  return [id, size, kilobits(averageBandwidth), kilobits(bandwidth), megabytes(bytes)];
}

/** Words to the left, numbers (from the third column on) to the right. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column < 2 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

function kilobits(bitsPerSecond: number): string {
  return `${Math.round(bitsPerSecond / 1000)} kbit/s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`;
}
