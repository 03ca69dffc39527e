/** The figures of the origin's benchmark: medians over the rounds, as ratios to nginx, and their table. */

export interface OriginCost {
  readonly connections: number;
  readonly rounds: number;
  readonly rows: readonly OriginRow[];
  /** What could not be measured here, and what would help. */
  readonly notes: readonly string[];
}

/** One measurement, of full load or of a fixed rate. */
export interface OriginSample extends Partial<Figures> {
  readonly load: string;
  readonly server: string;
}

interface Figures {
  /** Of all threads and processes of the server, for one request under full load. */
  readonly cpuMicroseconds: number;
  readonly requestsPerSecond: number;
  /** Requests per second offered to each server alike while its latency was measured. */
  readonly offered: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

export interface OriginRow extends OriginSample {
  readonly cpuTimesNginx?: number;
  readonly p99TimesNginx?: number;
}

const FIGURES: readonly (keyof Figures)[] = [
  'cpuMicroseconds',
  'requestsPerSecond',
  'offered',
  'p50Ms',
  'p99Ms',
];

/** One row for each load and server, in the order in which they came. */
export function summarize(samples: readonly OriginSample[]): OriginRow[] {
  const firsts = samples.filter((sample, i) => samples.findIndex((other) => isSameRow(sample, other)) === i);
  const rows = firsts.map((first) => medianOf(samples.filter((sample) => isSameRow(sample, first))));
  return rows.map((row) => {
    const nginx = rows.find(({ load, server }) => load === row.load && server === 'nginx');
    return {
      ...row,
      ...ratio('cpuTimesNginx', row.cpuMicroseconds, nginx?.cpuMicroseconds),
      ...ratio('p99TimesNginx', row.p99Ms, nginx?.p99Ms),
    };
  });
}

function isSameRow(a: OriginSample, b: OriginSample): boolean {
  return a.load === b.load && a.server === b.server;
}

/** Of each figure by itself: not every sample has them all. */
function medianOf(group: readonly OriginSample[]): OriginSample {
  const figures = FIGURES.flatMap((name) => {
    const values = group.flatMap((sample) => sample[name] ?? []).sort((a, b) => a - b);
    return values.length === 0 ? [] : [[name, values[Math.floor(values.length / 2)]]];
  });
  return { load: '', server: '', ...group[0], ...Object.fromEntries(figures) };
}

function ratio<Name extends string>(
  name: Name,
  value: number | undefined,
  base: number | undefined,
): { [key in Name]?: number } {
  return value === undefined || base === undefined
    ? {}
    : ({ [name]: value / base } as { [key in Name]: number });
}

export function formatOriginCost({ connections, rounds, rows, notes }: OriginCost): string {
  const head = ['', '', 'CPU µs', '× nginx', 'answers/s', 'offered/s', 'p50 ms', 'p99 ms', '× nginx'];
  const lines = rows.map((row, i) => [
    rows[i - 1]?.load === row.load ? '' : row.load,
    row.server,
    digits(row.cpuMicroseconds, 0),
    digits(row.cpuTimesNginx, 2),
    digits(row.requestsPerSecond, 0),
    digits(row.offered, 0),
    digits(row.p50Ms, 2),
    digits(row.p99Ms, 2),
    digits(row.p99TimesNginx, 2),
  ]);
  return [
    `${connections} connections; medians of ${rounds} rounds in turn; the same load for nginx and Weir at the right`,
    ...[head, ...lines].map((line) => line.map(pad).join('').trimEnd()),
    ...notes,
  ].join('\n');
}

function digits(value: number | undefined, count: number): string {
  return value === undefined ? '–' : value.toFixed(count);
}

function pad(text: string, column: number): string {
  return column < 2 ? text.padEnd(16) : text.padStart(10);
}
