/** Other people's players, each on a page of its own, behind one small interface that the stories of interoperability ask. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { MPD_FILE, PLAYLIST_FILE } from '../server/library/title.ts';

/** What a page leaves behind as `window.peer`. */
export interface Peer {
  /** Of all pictures to choose from; some may be there several times. */
  heights(): number[];
  /** Whether playback came to its end. */
  isOver(): boolean;
  /** Languages of the captions on offer. */
  captionLanguages(): string[];
  showCaptions(language: string): void;
  /** Undefined where a player knows no thumbnails. */
  thumbnailAt(time: number): Promise<PeerThumbnail | undefined>;
  /** Seconds at which the sound that was appended ends; undefined where a player does not say. */
  soundEnd(): number | undefined;
}

export interface PeerThumbnail {
  readonly url: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PeerPlayer {
  readonly name: string;
  /** In node_modules. */
  readonly file: string;
  /** What it plays of a title. */
  readonly manifest: string;
  /** Plays `url` in `video`, complains in the console, and leaves `window.peer` behind. */
  readonly script: string;
}

export const PEERS: readonly PeerPlayer[] = [
  {
    name: 'dash.js',
    file: 'dashjs/dist/modern/umd/dash.mediaplayer.min.js',
    manifest: MPD_FILE,
    script: `
      const player = dashjs.MediaPlayer().create();
      player.on('error', ({ error }) => console.error(JSON.stringify(error)));
      // On a busy machine it steps back half a second from the end and pauses there, having said that it is over.
      let over = false;
      player.on('playbackEnded', () => (over = true));
      player.initialize(video, url, true);
      window.peer = {
        isOver: () => over && video.currentTime > video.duration - 1,
        heights: () => player.getRepresentationsByType('video').map(({ height }) => height),
        captionLanguages: () => player.getTracksFor('text').map(({ lang }) => lang),
        showCaptions: (language) => {
          player.enableText(true);
          player.setTextTrack(player.getTracksFor('text').findIndex(({ lang }) => lang === language));
        },
        thumbnailAt: (time) => new Promise((resolve) => player.provideThumbnail(time, resolve)),
        soundEnd: () => undefined,
      };`,
  },
  {
    name: 'shaka-player',
    file: 'shaka-player/dist/shaka-player.dash-es2021.js',
    manifest: MPD_FILE,
    script: `
      const player = new shaka.Player();
      player.addEventListener('error', ({ detail }) => console.error(String(detail)));
      player.attach(video).then(() => player.load(url)).then(() => video.play()).catch(console.error);
      window.peer = {
        isOver: () => video.ended,
        heights: () => player.getVariantTracks().map(({ height }) => height),
        captionLanguages: () => player.getTextTracks().map(({ language }) => language),
        showCaptions: (language) => player.selectTextTrack(player.getTextTracks().find((track) => track.language === language)),
        thumbnailAt: async (time) => {
          const found = await player.getThumbnails(player.getImageTracks()[0]?.id, time);
          return found && { url: found.uris[0], x: found.positionX, y: found.positionY, width: found.width, height: found.height };
        },
        soundEnd: () => player.getBufferedInfo().audio.at(-1)?.end,
      };`,
  },
  {
    name: 'hls.js',
    file: 'hls.js/dist/hls.min.js',
    manifest: PLAYLIST_FILE,
    script: `
      const player = new Hls();
      player.on(Hls.Events.ERROR, (_, { details, error }) => console.error(details, String(error)));
      let soundEnd;
      player.on(Hls.Events.BUFFER_APPENDED, (_, { timeRanges: { audio } }) => {
        if (audio?.length) soundEnd = audio.end(audio.length - 1);
      });
      player.loadSource(url);
      player.attachMedia(video);
      player.once(Hls.Events.MANIFEST_PARSED, () => video.play().catch(console.error));
      window.peer = {
        isOver: () => video.ended,
        heights: () => player.levels.map(({ height }) => height),
        captionLanguages: () => player.subtitleTracks.map(({ lang }) => lang),
        showCaptions: (language) => {
          player.subtitleTrack = player.subtitleTracks.findIndex(({ lang }) => lang === language);
        },
        thumbnailAt: async () => undefined,
        soundEnd: () => soundEnd,
      };`,
  },
];

/** Opens the page; `server` is the server's URL, `path` that of the manifest. */
export async function openPeer(
  page: Page,
  peer: PeerPlayer,
  { server, path }: { server: string; path: string },
) {
  const library = fileURLToPath(new URL(`../node_modules/${peer.file}`, import.meta.url));
  const body = `<!doctype html>
    <link rel="icon" href="data:," />
    <video muted width="640"></video>
    <script src="/peer.js"></script>
    <script>
      const video = document.querySelector('video');
      const url = new URL(${JSON.stringify(path)}, location.href).href;
      ${peer.script}
    </script>`;
  await page.route('**/peer', (route) => route.fulfill({ contentType: 'text/html', body }));
  const script = await readFile(library, 'utf8');
  await page.route('**/peer.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  await page.goto(`${server}peer`);
}

/** The playhead is at `time` or behind it, and not on the way elsewhere. */
export async function waitForPeerPlayhead(page: Page, time: number): Promise<void> {
  await page.waitForFunction((wanted) => {
    const video = document.querySelector('video');
    return video && !video.seeking && video.currentTime >= wanted;
  }, time);
}

export async function seekPeer(page: Page, time: number): Promise<void> {
  await page.evaluate((target) => {
    const video = document.querySelector('video');
    if (video) video.currentTime = target;
  }, time);
}

/** Asks the page's player. */
export async function askPeer<T>(page: Page, question: (peer: Peer) => T | Promise<T>): Promise<T> {
  return page.evaluate(`(${question.toString()})(window.peer)`) as Promise<T>;
}

export async function waitForPeer(page: Page, condition: (peer: Peer) => boolean): Promise<void> {
  await page.waitForFunction(`(${condition.toString()})(window.peer)`);
}
