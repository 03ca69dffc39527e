// A film from its first frame to its last, on networks that stay as they are.
import { expect, test } from './fixtures.ts';
import { FILM, SHORT_FILM } from './test-library.ts';
import { representationsOf } from './titles.ts';

test('plays to the end at 3 Mbit/s without a stall', async ({ watch }) => {
  const viewer = await watch(SHORT_FILM, { rate: 3_000_000 });
  await viewer.waitFor('first-frame', { within: 10 });
  await viewer.waitFor('state', { where: ({ state }) => state === 'ended', within: 60 });

  const look = await viewer.look();
  expect(look.ended).toBe(true);
  expect(look.duration).toBeCloseTo(SHORT_FILM.seconds, 0);
  expect(look.playhead).toBeCloseTo(look.duration, 1);
  expect(viewer.eventsOf('stall')).toEqual([]);
  expect(viewer.eventsOf('gap')).toEqual([]);
  expect(viewer.eventsOf('recovery')).toEqual([]);
  expect(viewer.eventsOf('end-of-stream')).toHaveLength(1);
});

test('starts low, climbs, and stays where the link carries it', async ({ watch, library }) => {
  const ladder = await representationsOf(library, FILM.id);
  const viewer = await watch(FILM, { rate: 6_000_000 });
  const top = ladder.at(-1)?.id;
  await viewer.waitFor('shown', { where: ({ representation }) => representation === top });
  await viewer.waitForPlayhead(15);

  const [first, ...others] = viewer.eventsOf('choice').filter(({ kind }) => kind === 'video');
  expect(first).toMatchObject({ representation: ladder[0]?.id, reason: 'start' });
  expect(others.at(-1)).toMatchObject({ representation: top });
  const shown = viewer.eventsOf('shown').filter(({ kind }) => kind === 'video');
  const heights = shown.map(({ representation }) => ladder.findIndex(({ id }) => id === representation));
  expect(heights, 'never falls back').toEqual(heights.toSorted((a, b) => a - b));
  expect(viewer.eventsOf('stall')).toEqual([]);
  expect((await viewer.look()).pictureHeight).toBe(ladder.at(-1)?.height);
});

test('on a link below its lowest rung it plays what comes, and waits without giving up', async ({
  watch,
  library,
}) => {
  const ladder = await representationsOf(library, FILM.id);
  const viewer = await watch(FILM, { rate: 120_000 });
  await viewer.waitFor('resume', { within: 60 });
  expect(viewer.eventsOf('error')).toEqual([]);
  const chosen = viewer.eventsOf('choice').filter(({ kind }) => kind === 'video');
  expect(new Set(chosen.map(({ representation }) => representation))).toEqual(new Set([ladder[0]?.id]));
});
