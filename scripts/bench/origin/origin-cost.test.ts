/** The table of the origin's benchmark: medians by row, ratios to nginx alone, and gaps where nothing was measured. */
import { expect, test } from 'vitest';
import { formatOriginCost, summarize } from './origin-cost.ts';

const samples = [
  ...[300, 100, 200].map((cpuMicroseconds) => ({
    load: 'a',
    server: 'nginx',
    cpuMicroseconds,
    requestsPerSecond: 1,
  })),
  ...[500, 400, 300].map((cpuMicroseconds) => ({
    load: 'a',
    server: 'Weir',
    cpuMicroseconds,
    requestsPerSecond: 2,
  })),
  { load: 'a', server: 'nginx', offered: 9, p50Ms: 1, p99Ms: 2 },
  { load: 'a', server: 'Weir', offered: 9, p50Ms: 1, p99Ms: 3 },
  { load: 'b', server: 'Weir', cpuMicroseconds: 7, requestsPerSecond: 8 },
];

test('each row is the median of its samples, and a ratio only where nginx was measured too', () => {
  expect(summarize(samples)).toEqual([
    {
      ...{ load: 'a', server: 'nginx', cpuMicroseconds: 200, requestsPerSecond: 1, cpuTimesNginx: 1 },
      ...{ offered: 9, p50Ms: 1, p99Ms: 2, p99TimesNginx: 1 },
    },
    {
      ...{ load: 'a', server: 'Weir', cpuMicroseconds: 400, requestsPerSecond: 2, cpuTimesNginx: 2 },
      ...{ offered: 9, p50Ms: 1, p99Ms: 3, p99TimesNginx: 1.5 },
    },
    { load: 'b', server: 'Weir', cpuMicroseconds: 7, requestsPerSecond: 8 },
  ]);
});

test('the table names a load once and shows what is missing', () => {
  const table = formatOriginCost({ connections: 4, rounds: 3, rows: summarize(samples), notes: ['A note.'] });
  const [, , first, second, third, note] = table.split('\n').map((line) => line.split(/\s{2,}/));
  expect(first).toEqual(['a', 'nginx', '200', '1.00', '1', '9', '1.00', '2.00', '1.00']);
  expect(second?.[1]).toBe('Weir');
  expect(third).toEqual(['b', 'Weir', '7', '–', '8', '–', '–', '–', '–']);
  expect(note).toEqual(['A note.']);
});
