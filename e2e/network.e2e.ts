// A film on networks that change under it.
import { expect, test } from './fixtures.ts';
import { FILM } from './test-library.ts';
import { representationsOf } from './titles.ts';

const FOR_EVER = Number.POSITIVE_INFINITY;

test('bandwidth drops 6 → 0.8 → 6 Mbit/s: no stall, and it climbs again', async ({ watch, library }) => {
  const ladder = await representationsOf(library, FILM.id);
  const top = ladder.at(-1)?.id;
  const viewer = await watch(FILM, { rate: 6_000_000 });
  await viewer.waitFor('shown', { where: ({ representation }) => representation === top });
  await viewer.waitForPlayhead(8);

  viewer.link.setRate(800_000);
  const dropped = viewer.events.length;
  await viewer.waitForPlayhead(22);
  const chosen = viewer.eventsOf('choice', dropped).filter(({ kind }) => kind === 'video');
  expect(chosen.at(-1)?.bandwidth, 'goes down to what the link carries').toBeLessThan(800_000);

  viewer.link.setRate(6_000_000);
  const recovered = viewer.events.length;
  await viewer.waitFor('append', {
    where: ({ representation }) => representation === top,
    since: recovered,
    within: 15,
  });
  expect(viewer.eventsOf('stall')).toEqual([]);
});

test('an outage of 8 s that the buffer bridges is not seen at all', async ({ watch }) => {
  const viewer = await watch(FILM, { rate: 6_000_000 });
  await viewer.waitFor('append', { where: ({ kind, end }) => kind === 'video' && end >= 20 });
  viewer.link.setRate([
    { duration: 8, rate: 0 },
    { duration: FOR_EVER, rate: 6_000_000 },
  ]);
  const away = viewer.events.length;
  const { end } = await viewer.waitFor('append', { since: away, where: ({ kind }) => kind === 'video' });
  await viewer.waitFor('append', {
    since: away,
    where: ({ kind, start }) => kind === 'video' && start >= end,
  });
  expect(viewer.eventsOf('stall')).toEqual([]);
  expect(viewer.eventsOf('error')).toEqual([]);
});

test('an outage of 8 s with an empty buffer stalls, and playback goes on by itself', async ({ watch }) => {
  const viewer = await watch(FILM, { rate: 1_500_000 });
  await viewer.waitFor('first-frame');
  viewer.link.setRate([
    { duration: 8, rate: 0 },
    { duration: FOR_EVER, rate: 1_500_000 },
  ]);
  const stall = await viewer.waitFor('stall');
  const resume = await viewer.waitFor('resume');
  expect(resume.playhead).toBeCloseTo(stall.playhead, 0);
  expect(resume.duration).toBeLessThan(8 + 3);
  await viewer.waitForPlayhead(resume.playhead + 5);
  expect(viewer.eventsOf('stall')).toHaveLength(1);
  expect(viewer.eventsOf('error')).toEqual([]);
});

test('without any connection it says so and waits; with the network back it goes on', async ({
  watch,
  problems,
}) => {
  problems.allow(/net::ERR_(CONNECTION_RESET|EMPTY_RESPONSE|CONNECTION_CLOSED|SOCKET_NOT_CONNECTED)/);
  const viewer = await watch(FILM, { rate: 1_500_000 });
  await viewer.waitFor('first-frame');
  viewer.link.refuse(true);
  viewer.link.cut();
  await viewer.waitFor('state', { where: ({ state }) => state === 'waiting-for-network' });
  await expect(viewer.page.getByText('No connection.')).toBeVisible();

  viewer.link.refuse(false);
  const back = viewer.events.length;
  const playing = await viewer.waitFor('state', { since: back, where: ({ state }) => state === 'playing' });
  await viewer.waitForPlayhead(playing.playhead + 3);
  await expect(viewer.page.getByText('No connection.')).toBeHidden();
  expect(viewer.eventsOf('error')).toEqual([]);
});
