/** The two libraries in a page of somebody else's: the bare engine, and an element that behaves as <video> does. */
import type { Page } from '@playwright/test';
import type { WeirVideo } from '../player/element/weir-video.ts';
import { expect, test } from './fixtures.ts';
import { SHORT_FILM } from './test-library.ts';

const MPD = `/media/${SHORT_FILM.id}/manifest.mpd`;
const BLANK = '<!doctype html><title>Blank</title><link rel="icon" href="data:,"><body></body>';

async function openBlankPage(page: Page, url: string): Promise<void> {
  await page.route(`${url}blank`, (route) => route.fulfill({ contentType: 'text/html', body: BLANK }));
  await page.goto(`${url}blank`);
}

/** Puts a muted <weir-video> with these attributes into a blank page. */
async function addElement(page: Page, url: string, attributes: Record<string, string>): Promise<void> {
  await openBlankPage(page, url);
  await page.evaluate(async (given) => {
    const library = '/weir-video.js';
    await import(library);
    const element = document.createElement('weir-video');
    for (const [name, value] of Object.entries({ muted: '', ...given })) element.setAttribute(name, value);
    document.body.append(element);
  }, attributes);
}

const evaluate = <T>(page: Page, act: (element: WeirVideo) => T) => page.locator('weir-video').evaluate(act);

test('weir.js plays in a plain <video>', async ({ page, server }) => {
  await openBlankPage(page, server.url);
  const duration = await page.evaluate(async (url) => {
    const library = '/weir.js';
    const { createPlayer } = (await import(library)) as typeof import('../player/engine/weir.ts');
    const video = document.body.appendChild(document.createElement('video'));
    video.muted = true;
    const player = createPlayer(video, { url });
    await player.ready;
    await video.play();
    return player.presentation?.duration;
  }, MPD);
  expect(duration).toBeCloseTo(SHORT_FILM.seconds, 0);
});

test('the element loads what its src names, and its inner <video> never sees that', async ({
  page,
  server,
}) => {
  const askedByVideo: string[] = [];
  page.on('request', (request) => request.resourceType() === 'media' && askedByVideo.push(request.url()));
  await addElement(page, server.url, { src: MPD });
  await expect.poll(() => evaluate(page, ({ duration }) => duration)).toBeCloseTo(SHORT_FILM.seconds, 0);
  expect(askedByVideo.filter((url) => url.startsWith('http'))).toEqual([]);
  expect(await evaluate(page, ({ currentSrc }) => currentSrc)).toBe(`${server.url}${MPD.slice(1)}`);
});

test('preload="none" fetches nothing before play()', async ({ page, server }) => {
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await addElement(page, server.url, { src: MPD, preload: 'none' });
  expect(await evaluate(page, ({ player }) => player)).toBeUndefined();
  expect(fetched).not.toContain(MPD);
  await evaluate(page, (element) => element.play());
  expect(fetched).toContain(MPD);
});

test('a move in the document goes on playing; leaving it frees everything', async ({ page, server }) => {
  await addElement(page, server.url, { src: MPD });
  const player = await page.locator('weir-video').evaluateHandle((element: WeirVideo) => element.player);
  await evaluate(page, (element) => document.body.appendChild(document.createElement('div')).append(element));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(await player.evaluate((kept) => kept?.state)).not.toBe('disposed');
  await evaluate(page, (element) => element.remove());
  await expect.poll(() => player.evaluate((left) => left?.state)).toBe('disposed');
});

test('another src starts over, and the lists follow', async ({ page, server }) => {
  await addElement(page, server.url, { src: MPD });
  const rungs = () => evaluate(page, ({ videoRenditions }) => videoRenditions.length);
  await expect.poll(rungs).toBeGreaterThan(1);
  const before = await page.locator('weir-video').evaluateHandle((element: WeirVideo) => element.player);
  await evaluate(page, (element) => element.removeAttribute('src'));
  await expect.poll(rungs).toBe(0);
  expect(await before.evaluate((player) => player?.state)).toBe('disposed');
  await evaluate(page, (element) => element.setAttribute('src', '/media/short-film/manifest.mpd'));
  await expect.poll(rungs).toBeGreaterThan(1);
});

test('what cannot be played is an error with our sentence, and play() says no', async ({
  page,
  server,
  problems,
}) => {
  problems.allow(/status of 404/);
  await addElement(page, server.url, { src: '/media/nothing/manifest.mpd' });
  await expect.poll(() => evaluate(page, ({ error }) => error?.code)).toBe(2);
  expect(await evaluate(page, ({ error }) => error?.message)).toContain('404');
  const refusal = await evaluate(page, (element) => element.play().catch((error: Error) => error.name));
  expect(refusal).toBe('NotSupportedError');
  await evaluate(page, (element) => element.setAttribute('src', 'http://'));
  await expect.poll(() => evaluate(page, ({ error }) => error?.message)).toContain('is not a web address');
});

test('a failure after the MPD is read is an error too', async ({ page, server, problems }) => {
  problems.allow(/status of 404/);
  await page.route('**/media/**/*.mp4', (route) => route.fulfill({ status: 404 }));
  await addElement(page, server.url, { src: MPD });
  await expect.poll(() => evaluate(page, ({ error }) => error?.code), { timeout: 30_000 }).toBe(2);
  expect(await evaluate(page, ({ player }) => player?.state)).toBe('failed');
});
