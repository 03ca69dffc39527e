// Real films, watched in full: run by `npm run test:films` alone, since they take their own time.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type SessionSummary, summarize } from '../player/core/session/summary.ts';
import { expect, type Network, test } from './fixtures.ts';
import { addTitle } from './test-library.ts';

const FILMS = fileURLToPath(new URL('../../shared/media/films', import.meta.url));

const TITLES = [
  { id: 'big-buck-bunny', file: 'bbb_720p24_120s_stereo.mp4', seconds: 120.1 },
  { id: 'tears-of-steel', file: 'tears_of_steel_battle_70s_800x332.webm', seconds: 70.5 },
] as const;

const NETWORKS: readonly (Network & { readonly name: string })[] = [
  { name: 'on an open link', rate: 100_000_000, delayMs: 5 },
  { name: 'at 1.5 Mbit/s', rate: 1_500_000, delayMs: 25 },
];

const rows: string[] = [];

for (const { id, file, seconds } of TITLES) {
  test.describe(`${file}`, () => {
    test.skip(!existsSync(join(FILMS, file)), 'The film is not on this machine.');
    test.setTimeout(1000 * (seconds + 60));

    test.beforeAll('packages the film', async ({ library }) => {
      test.setTimeout(600_000);
      await addTitle(library, id, async () => join(FILMS, file));
    });

    for (const network of NETWORKS) {
      test(`plays to its end ${network.name}`, async ({ watch }) => {
        const viewer = await watch({ id }, network);
        await viewer.waitFor('state', { where: ({ state }) => state === 'ended', within: seconds + 30 });
        const summary = summarize(viewer.events);
        rows.push(formatRow(id, network.name, summary));
        expect(summary).toMatchObject({ ended: true, error: undefined, stalls: 0 });
        expect(viewer.eventsOf('gap')).toEqual([]);
        const look = await viewer.look();
        expect(look.duration).toBeCloseTo(seconds, 0);
        expect(look.playhead).toBeCloseTo(look.duration, 1);
      });
    }
  });
}

test.afterAll('prints what was seen', () => {
  if (rows.length > 0) process.stdout.write(`\n${[HEADING, ...rows].join('\n')}\n\n`);
});

const HEADING = formatCells([
  'film',
  'network',
  'start s',
  'kbit/s',
  'switches',
  'stalls',
  'stalled s',
  'MB',
  'wasted',
]);

function formatRow(id: string, network: string, summary: SessionSummary): string {
  const { startup = Number.NaN, meanBandwidth = Number.NaN, switches, stalls, stallSeconds } = summary;
  return formatCells([
    id,
    network,
    startup.toFixed(2),
    (meanBandwidth / 1000).toFixed(0),
    `${switches}`,
    `${stalls}`,
    stallSeconds.toFixed(1),
    (summary.bytes / 1e6).toFixed(1),
    `${((100 * summary.wastedBytes) / summary.bytes).toFixed(1)} %`,
  ]);
}

function formatCells([film = '', network = '', ...numbers]: readonly string[]): string {
  return [film.padEnd(16), network.padEnd(16), ...numbers.map((cell) => cell.padStart(10))].join('');
}
