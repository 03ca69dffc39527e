// Servers that fail for a while, and titles that cannot be played: a recovery, or a sentence.
import { expect, test } from './fixtures.ts';
import { DAMAGED, SHORT_FILM } from './test-library.ts';

test('a server that is overloaded now and then: what failed is asked for again, nothing is missing', async ({
  page,
  watch,
  problems,
}) => {
  problems.allow(/status of 503/);
  let asked = 0;
  await page.route(/\/media\/.*\/(video|audio)[^/]*\.mp4/, async (route) => {
    asked += 1;
    if (asked % 4 === 2) await route.fulfill({ status: 503, body: 'Overloaded.' });
    else await route.continue();
  });
  const viewer = await watch(SHORT_FILM, { rate: 6_000_000 });
  await viewer.waitFor('end-of-stream');
  const retries = viewer.eventsOf('retry');
  expect(retries.length).toBeGreaterThan(2);
  expect(retries.every(({ code }) => code === 'http-status')).toBe(true);
  expect(viewer.eventsOf('gap')).toEqual([]);
  expect(viewer.eventsOf('error')).toEqual([]);
});

test('a representation that is missing on the server: the others are played, and it is let be', async ({
  page,
  watch,
  problems,
}) => {
  problems.allow(/status of 404/);
  await page.route(/video-540/, (route) => route.fulfill({ status: 404, body: 'Gone.' }));
  const viewer = await watch(SHORT_FILM, { rate: 3_000_000 });
  await viewer.waitFor('end-of-stream');
  expect(viewer.eventsOf('gap')).toEqual([]);
  expect(viewer.eventsOf('error')).toEqual([]);
  const refused = viewer.eventsOf('request').filter(({ outcome }) => outcome === 'failed');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length, 'it is left alone after that').toBeLessThan(5);
});

test('a damaged title: one sentence in the place of the film', async ({ page, openLink, problems }) => {
  problems.allow(/status of 500/);
  const link = await openLink({ rate: 6_000_000 });
  await page.goto(`${link.url}/watch/${DAMAGED.id}?autoplay=1&muted=1`);
  await expect(page.getByRole('heading', { name: 'This film cannot be played' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'To the library' })).toBeVisible();
});

test('an MPD that is no XML: the player says so and offers to try again', async ({ page, watch }) => {
  await page.route(/manifest\.mpd/, (route) =>
    route.fulfill({ contentType: 'application/dash+xml', body: 'This is not an MPD.' }),
  );
  const viewer = await watch(SHORT_FILM, { rate: 6_000_000 });
  const error = await viewer.waitFor('error');
  expect(error.code).toBe('mpd-invalid');
  const dialog = page.getByRole('dialog', { name: 'Playback problem' });
  await expect(dialog.getByText(error.message)).toBeVisible();

  await page.unroute(/manifest\.mpd/);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await viewer.waitFor('first-frame');
  await expect(dialog).toBeHidden();
});

test('a title that is not there: one sentence', async ({ page, openLink, problems }) => {
  problems.allow(/status of 404/);
  const link = await openLink({ rate: 6_000_000 });
  await page.goto(`${link.url}/watch/never-was`);
  await expect(page.getByRole('heading', { name: 'There is no such film' })).toBeVisible();
});
