// What we publish is for every player of DASH or HLS: three others play it from the start, after a seek, and to the end.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MPD_FILE, PLAYLIST_FILE } from '../server/library/title.ts';
import { expect, test } from './fixtures.ts';
import { SHORT_FILM } from './test-library.ts';
import { representationsOf } from './titles.ts';

interface Peer {
  readonly name: string;
  /** In node_modules. */
  readonly file: string;
  readonly manifest: string;
  /** Script that plays `url` in `video`, complains in the console, and leaves functions `heights()` and `isOver()` behind. */
  readonly play: string;
}

const PEERS: readonly Peer[] = [
  {
    name: 'dash.js',
    file: 'dashjs/dist/modern/umd/dash.mediaplayer.min.js',
    manifest: MPD_FILE,
    play: `
      const player = dashjs.MediaPlayer().create();
      player.on('error', ({ error }) => console.error(JSON.stringify(error)));
      // On a busy machine it steps back half a second from the end and pauses there, having said that it is over.
      let over = false;
      player.on('playbackEnded', () => (over = true));
      window.isOver = () => over && video.currentTime > video.duration - 1;
      player.initialize(video, url, true);
      window.heights = () => player.getRepresentationsByType('video').map(({ height }) => height);`,
  },
  {
    name: 'shaka-player',
    file: 'shaka-player/dist/shaka-player.dash-es2021.js',
    manifest: MPD_FILE,
    play: `
      const player = new shaka.Player();
      player.addEventListener('error', ({ detail }) => console.error(String(detail)));
      player.attach(video).then(() => player.load(url)).then(() => video.play()).catch(console.error);
      window.isOver = () => video.ended;
      window.heights = () => player.getVariantTracks().map(({ height }) => height);`,
  },
  {
    name: 'hls.js',
    file: 'hls.js/dist/hls.min.js',
    manifest: PLAYLIST_FILE,
    play: `
      const player = new Hls();
      player.on(Hls.Events.ERROR, (_, { details, error }) => console.error(details, String(error)));
      player.loadSource(url);
      player.attachMedia(video);
      player.once(Hls.Events.MANIFEST_PARSED, () => video.play().catch(console.error));
      window.isOver = () => video.ended;
      window.heights = () => player.levels.map(({ height }) => height);`,
  },
];

for (const { name, file, manifest, play } of PEERS) {
  test(`${name} plays our presentation: start, seek, end`, async ({ page, server, library }) => {
    const url = `/media/${SHORT_FILM.id}/${manifest}`;
    const script = await readFile(fileURLToPath(new URL(`../node_modules/${file}`, import.meta.url)), 'utf8');
    await page.route('**/peer', (route) =>
      route.fulfill({ contentType: 'text/html', body: peerPage(url, play) }),
    );
    await page.route('**/peer.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: script }),
    );
    await page.goto(`${server.url}peer`);

    await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 1);
    const facts = await page.evaluate(() => ({
      duration: document.querySelector('video')?.duration,
      heights: (window as unknown as { heights(): number[] }).heights(),
    }));
    expect(facts.duration).toBeCloseTo(SHORT_FILM.seconds, 0);
    const ladder = (await representationsOf(library, SHORT_FILM.id)).map(({ height }) => height);
    expect(facts.heights.toSorted((a, b) => a - b)).toEqual(ladder);

    const target = SHORT_FILM.seconds - 6;
    await page.evaluate((time) => {
      const video = document.querySelector('video');
      if (video) video.currentTime = time;
    }, target);
    await page.waitForFunction((time) => {
      const video = document.querySelector('video');
      return video && !video.seeking && video.currentTime > time + 1;
    }, target);
    await page.waitForFunction(() => (window as unknown as { isOver(): boolean }).isOver());
  });
}

function peerPage(url: string, play: string): string {
  return `<!doctype html>
    <link rel="icon" href="data:," />
    <video muted width="640"></video>
    <script src="/peer.js"></script>
    <script>
      const video = document.querySelector('video');
      const url = new URL(${JSON.stringify(url)}, location.href).href;
      ${play}
    </script>`;
}
