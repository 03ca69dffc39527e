/** `npm run screenshots`: the pictures of the README, taken from the real pages playing the generated sample film. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { buildSite, isBuildStale } from '../scripts/build.ts';
import { startServer } from '../server/main.ts';
import { packageFile } from '../server/packager/package-file.ts';
import { makeSampleFilm } from '../server/packager/sample-film.ts';

const root = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const PICTURES = root('docs/screenshots');
/** Seconds into the film at which it is shown. */
const MOMENT = 9;

async function showWatchPage(page: Page, url: string): Promise<void> {
  await page.goto(`${url}watch/sample?autoplay=1&muted=1`);
  await page.waitForFunction(
    (moment) =>
      ((document.querySelector('video, weir-video') as HTMLVideoElement | null)?.currentTime ?? 0) > moment,
    MOMENT,
  );
  await page.mouse.move(600, 400);
}

const work = await mkdtemp(join(tmpdir(), 'weir-screenshots-'));
const { signal } = new AbortController();
try {
  if (await isBuildStale()) await buildSite();
  const film = join(work, 'sample.mp4');
  await makeSampleFilm(film, { signal });
  await packageFile(film, { library: work, id: 'sample', title: 'Weir sample', signal });
  const server = await startServer({ host: '127.0.0.1', port: 0, library: work, dist: root('player/dist') });
  const executablePath = process.env['CHROMIUM_PATH'];
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--autoplay-policy=no-user-gesture-required',
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' });
  await mkdir(PICTURES, { recursive: true });
  await showWatchPage(page, server.url);
  await page.screenshot({ path: join(PICTURES, 'watch.jpg'), type: 'jpeg', quality: 80 });
  process.stdout.write('docs/screenshots/watch.jpg\n');
  await browser.close();
  await server.close();
} finally {
  await rm(work, { recursive: true, force: true });
}
