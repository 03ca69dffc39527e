// The playhead goes where the viewer puts it, and only what is missing there is fetched.
import { expect, test } from './fixtures.ts';
import { FILM } from './test-library.ts';

test('forward to where nothing is buffered: plays on from there', async ({ watch }) => {
  const viewer = await watch(FILM, { rate: 6_000_000 });
  await viewer.waitFor('first-frame');
  const before = viewer.events.length;
  await viewer.seek(55);
  await viewer.waitFor('seek', { since: before, where: ({ to }) => to === 55 });
  const playing = await viewer.waitFor('state', {
    since: before,
    where: ({ state, previous }) => state === 'playing' && previous === 'seeking',
    within: 5,
  });
  expect(playing.playhead).toBeGreaterThanOrEqual(55);
  await viewer.waitForPlayhead(58);

  const first = viewer.eventsOf('append', before).find(({ kind, end }) => kind === 'video' && end > 55);
  expect(first?.start, 'the segment that holds the target comes first').toBeLessThanOrEqual(55);
});

test('back to where everything is buffered: plays at once and asks for nothing again', async ({ watch }) => {
  const viewer = await watch(FILM, { rate: 6_000_000 });
  await viewer.waitForPlayhead(12);
  const before = viewer.events.length;
  await viewer.seek(2);
  await viewer.waitFor('state', {
    since: before,
    where: ({ state, previous }) => state === 'playing' && previous === 'seeking',
    within: 5,
  });
  await viewer.waitForPlayhead(5);
  const requests = viewer.eventsOf('request', before).filter(({ what }) => what === 'segment');
  for (const { kind, segmentStart } of requests) {
    const held = viewer
      .eventsOf('append')
      .filter((event) => event.kind === kind && event.start === segmentStart);
    expect(held, `${kind} segment at ${segmentStart} s`).toHaveLength(1);
  }
  expect(viewer.eventsOf('stall')).toEqual([]);
});

test('wildly along the time line: the last target counts', async ({ watch }) => {
  const viewer = await watch(FILM, { rate: 6_000_000 });
  await viewer.waitFor('first-frame');
  for (const time of [20, 66, 40, 8, 61, 33]) await viewer.seek(time);
  const last = await viewer.waitFor('seek', { where: ({ to }) => to === 33 });
  const playing = await viewer.waitFor('state', {
    since: viewer.events.indexOf(last),
    where: ({ state }) => state === 'playing',
    within: 8,
  });
  expect(playing.playhead).toBeGreaterThanOrEqual(33);
  expect(playing.playhead).toBeLessThan(34);
  await viewer.waitForPlayhead(36);
  expect(viewer.eventsOf('stall')).toEqual([]);
  expect(viewer.eventsOf('error')).toEqual([]);
});

test('while paused: shows the picture there and stays paused', async ({ watch }) => {
  const viewer = await watch(FILM, { rate: 6_000_000 });
  await viewer.waitFor('first-frame');
  await viewer.page.evaluate(() => document.querySelector('weir-video')?.pause());
  await viewer.seek(47);
  await viewer.page.waitForFunction(() => {
    const video = document.querySelector('weir-video');
    return video && !video.seeking && video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA;
  });
  const look = await viewer.look();
  expect(look).toMatchObject({ paused: true, playhead: 47 });
});

test('to the very end: ended', async ({ watch }) => {
  const viewer = await watch(FILM, { rate: 6_000_000 });
  await viewer.waitFor('first-frame');
  await viewer.seek(1000);
  await viewer.waitFor('state', { where: ({ state }) => state === 'ended', within: 10 });
  await viewer.seek(3);
  await viewer.page.evaluate(() => document.querySelector('weir-video')?.play());
  await viewer.waitForPlayhead(5);
  expect((await viewer.look()).ended).toBe(false);
});
