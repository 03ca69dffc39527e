/** The pages as a viewer meets them: find a film, watch it, and be told in words when that cannot be. */
import type { Page } from '@playwright/test';
import type { WeirVideo } from '../player/element/weir-video.ts';
import { expect, test } from './fixtures.ts';
import { DAMAGED, FILM, SHORT_FILM } from './test-library.ts';

const video = (page: Page) => page.locator('weir-video');

/** A property of the <weir-video>, until it is as expected. */
function expectVideo(page: Page, property: 'paused' | 'muted' | 'volume' | 'playbackRate' | 'currentTime') {
  return expect.poll(() => video(page).evaluate((element: WeirVideo, name) => element[name], property));
}

async function openFilm(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator('media-controller[mediaduration]:not([mediaduration="0"])').waitFor();
  await expect
    .poll(() => video(page).evaluate((element: WeirVideo) => element.readyState))
    .toBeGreaterThanOrEqual(2);
}

test('the library shows each film with its poster, and what cannot be played with its reason', async ({
  page,
  server,
}) => {
  await page.goto(server.url);
  const card = page.getByRole('listitem').filter({ has: page.locator(`a[href$="/watch/${FILM.id}"]`) });
  await expect(card.locator('.facts')).toHaveText(/^1:12 · \d+p · .*20\d\d/);
  await expect
    .poll(() => card.locator('img').evaluate((poster) => (poster as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
  await page.getByText('1 title cannot be played').click();
  await expect(page.locator('#damaged li')).toContainText(DAMAGED.id);
});

test('a card leads to its film, and back', async ({ page, server }) => {
  await page.goto(server.url);
  await page.getByRole('link', { name: SHORT_FILM.id, exact: true }).click();
  await expect(page).toHaveURL(`${server.url}watch/${SHORT_FILM.id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(SHORT_FILM.id);
  await expect(page).toHaveTitle(`${SHORT_FILM.id} · Weir`);
  await page.getByRole('link', { name: 'Library' }).click();
  await expect(page).toHaveURL(server.url);
});

test('a library without films says how to add one', async ({ page, server }) => {
  await page.route('**/api/titles', (route) => route.fulfill({ json: { titles: [], damaged: [] } }));
  await page.goto(server.url);
  await expect(page.getByText('npm run package -- film.mp4')).toBeVisible();
});

test('a film plays at a click and pauses at the next', async ({ page, server }) => {
  await page.goto(`${server.url}watch/${FILM.id}`);
  await page.locator('.big-play').click();
  await expectVideo(page, 'currentTime').toBeGreaterThan(0.2);
  await video(page).click();
  await expectVideo(page, 'paused').toBe(true);
});

test('the player has the proportions of the film before it arrives, and keeps them', async ({
  page,
  server,
}) => {
  await page.route(`**/api/titles/${FILM.id}`, async (route) => {
    const title = await (await route.fetch()).json();
    await route.fulfill({ json: { ...title, width: 300, height: 600 } });
  });
  await openFilm(page, `${server.url}watch/${FILM.id}`);
  const box = await page.locator('media-controller').boundingBox();
  expect((box?.height ?? 0) / (box?.width ?? 1)).toBeCloseTo(2, 1);
  expect((box?.y ?? 0) + (box?.height ?? 0), 'fits the window').toBeLessThan(720);
});

test('every basic key does what it does elsewhere', async ({ page, server }) => {
  await openFilm(page, `${server.url}watch/${FILM.id}`);
  const press = (key: string) => page.keyboard.press(key);
  await press('ArrowRight');
  await expectVideo(page, 'currentTime').toBeCloseTo(5, 1);
  await press('l');
  await expectVideo(page, 'currentTime').toBeCloseTo(15, 1);
  await press('j');
  await expectVideo(page, 'currentTime').toBeCloseTo(5, 1);
  await press('5');
  await expectVideo(page, 'currentTime').toBeCloseTo(FILM.seconds / 2, 0);
  await press('Home');
  await expectVideo(page, 'currentTime').toBe(0);
  await press('ArrowDown');
  await expectVideo(page, 'volume').toBeCloseTo(0.95);
  await press('m');
  await expectVideo(page, 'muted').toBe(true);
  await press('Shift+>');
  await expectVideo(page, 'playbackRate').toBe(1.25);
  await press('f');
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement?.localName))
    .toBe('media-controller');
  await press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
  await press('k');
  await expectVideo(page, 'paused').toBe(false);
  await press('Space');
  await expectVideo(page, 'paused').toBe(true);
});

test('Space on a focused button is that button alone', async ({ page, server }) => {
  await openFilm(page, `${server.url}watch/${FILM.id}`);
  await page.locator('media-mute-button').focus();
  await page.keyboard.press('Space');
  await expectVideo(page, 'muted').toBe(true);
  await expectVideo(page, 'paused').toBe(true);
});

test('single-key shortcuts can be switched off, and stay off', async ({ page, server }) => {
  await openFilm(page, `${server.url}watch/${FILM.id}`);
  await page.locator('media-settings-menu-button').click();
  await page.getByRole('menuitemcheckbox', { name: 'Single-key shortcuts' }).click();
  await openFilm(page, `${server.url}watch/${FILM.id}`);
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowRight');
  await expectVideo(page, 'currentTime').toBeCloseTo(5, 1);
  await expectVideo(page, 'muted').toBe(false);
});

test('the quality menu pins a representation and gives the choice back', async ({ page, server }) => {
  await openFilm(page, `${server.url}watch/${FILM.id}`);
  const pinned = () => video(page).evaluate((element: WeirVideo) => element.player?.pinned);
  const choose = async (name: string | RegExp): Promise<void> => {
    await page.locator('media-settings-menu-button').click();
    await page.getByRole('menuitem', { name: /^Quality/ }).click();
    await page.getByRole('menuitemradio', { name }).click();
  };
  await choose('360p');
  await expect.poll(pinned).toContain('360');
  await page.keyboard.press('Escape');
  await choose(/^Auto/);
  await expect.poll(pinned).toBeUndefined();
});

test('controls fade while a film plays, but never under the keyboard', async ({ page, server }) => {
  await page.goto(`${server.url}watch/${FILM.id}?autoplay=1&muted=1`);
  const opacity = () =>
    page.locator('.controls').evaluate((controls) => Number(getComputedStyle(controls).opacity));
  await expect.poll(opacity).toBe(0);
  await page.locator('media-controller').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect.poll(opacity).toBe(1);
  await page.locator('media-controller[userinactive]').waitFor();
  expect(await opacity()).toBe(1);
});

test('silence that the address asked for is not remembered', async ({ page, server }) => {
  await page.goto(`${server.url}watch/${FILM.id}?autoplay=1&muted=1`);
  await expectVideo(page, 'paused').toBe(false);
  await expectVideo(page, 'muted').toBe(true);
  await openFilm(page, `${server.url}watch/${FILM.id}`);
  await expectVideo(page, 'muted').toBe(false);
});

test('a film that is not there, or not whole, is named with its reason', async ({
  page,
  server,
  problems,
}) => {
  problems.allow(/status of (404|500)/);
  await page.goto(`${server.url}watch/nothing`);
  await expect(page.getByText('The library has no film called “nothing”.')).toBeVisible();
  await page.goto(`${server.url}watch/${DAMAGED.id}`);
  await expect(page.getByRole('heading', { name: 'This film cannot be played' })).toBeVisible();
  await page.getByRole('link', { name: 'To the library' }).click();
  await expect(page).toHaveURL(server.url);
});

test('any MPD plays by its address', async ({ page, server }) => {
  await page.goto(`${server.url}play`);
  await page.keyboard.type('ftp://example.com/film.mpd');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('http or https');
  await expect(page).toHaveURL(`${server.url}play`);
  await page.getByLabel('Address of the MPD').fill(`${server.url}media/${FILM.id}/manifest.mpd`);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(FILM.id);
  await expect(page.locator('#facts')).toHaveText(/^1:12 · \d+p · 127\.0\.0\.1$/);
});

test('an MPD of another origin plays, under the content security policy of the page', async ({
  page,
  server,
}) => {
  const mpd = encodeURIComponent(`${server.url}media/${FILM.id}/manifest.mpd`);
  const { port } = new URL(server.url);
  const answer = await page.goto(`http://viewer.localhost:${port}/play?mpd=${mpd}&autoplay=1&muted=1`);
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'");
  await expectVideo(page, 'currentTime').toBeGreaterThan(0.2);
});

test('a script that somebody gets into a page is not run', async ({ page, server, problems }) => {
  problems.allow(/Content Security Policy/);
  await page.goto(server.url);
  const ran = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.hacked = true';
    document.body.append(script);
    return 'hacked' in window;
  });
  expect(ran).toBe(false);
});

test('an address without an MPD ends in our own sentence', async ({ page, server, problems }) => {
  problems.allow(/status of 404/);
  await page.goto(`${server.url}play?mpd=/media/nothing/manifest.mpd`);
  const dialog = page.getByRole('dialog', { name: 'Playback problem' });
  await expect(dialog.getByRole('heading', { name: 'The film does not arrive' })).toBeVisible();
  await expect(dialog).toContainText('/media/nothing/manifest.mpd answered 404');
});

test('a lost connection is said over the film until it is back', async ({
  page,
  server,
  context,
  problems,
}) => {
  problems.allow(/ERR_INTERNET_DISCONNECTED/);
  await page.goto(`${server.url}watch/${FILM.id}?autoplay=1&muted=1`);
  await expectVideo(page, 'currentTime').toBeGreaterThan(0.2);
  await context.setOffline(true);
  await page.keyboard.press('9');
  await expect(page.getByText('No connection.')).toBeVisible({ timeout: 20_000 });
  await context.setOffline(false);
  await expect(page.getByText('No connection.')).toBeHidden({ timeout: 20_000 });
  await expectVideo(page, 'currentTime').toBeGreaterThan(FILM.seconds * 0.9 + 0.2);
});

test('without its controls a film has those of the browser', async ({ page, server, problems }) => {
  problems.allow(/ERR_FAILED/);
  await page.route('**/controls-*.js', (route) => route.abort());
  await page.goto(`${server.url}watch/${FILM.id}`);
  await expect(video(page)).toHaveAttribute('controls', '');
  await expect(page.getByText('Try again')).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no page scrolls sideways on a narrow screen, ${colorScheme}`, async ({ page, server }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ['', 'play', `watch/${FILM.id}`]) {
      await page.goto(`${server.url}${path}`);
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
    }
  });
}
