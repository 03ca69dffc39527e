// A title with all that can stand around a film, in both layouts: every player finds its way, and ours is not led astray.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_PACKAGING_CONFIG } from '../server/packager/packaging-config.ts';
import { expect, test } from './fixtures.ts';
import { askPeer, openPeer, PEERS, waitForPeer, waitForPeerPlayhead } from './peers.ts';
import { makeRichFilm, RICH_FILM } from './rich-film.ts';
import { addTitle } from './test-library.ts';

for (const layout of ['indexed', 'files'] as const) {
  const id = `rich-${layout}`;

  test.describe(`layout ${layout}`, () => {
    test.beforeAll('packages the film', async ({ library }) => {
      test.setTimeout(300_000);
      await addTitle(library, id, makeRichFilm, { config: { ...DEFAULT_PACKAGING_CONFIG, layout } });
    });

    test('our player plays it to the end', async ({ watch }) => {
      const viewer = await watch({ id }, { rate: 20_000_000 });
      await viewer.waitFor('state', { where: ({ state }) => state === 'ended' });
      const look = await viewer.look();
      expect(look.playhead).toBeCloseTo(RICH_FILM.seconds, 1);
      expect(viewer.eventsOf('error')).toEqual([]);
      expect(viewer.eventsOf('gap')).toEqual([]);
    });

    for (const peer of PEERS) {
      test(`${peer.name} plays it, shows captions in time, and finds thumbnails`, async ({
        page,
        server,
        library,
      }) => {
        await openPeer(page, peer, { server: server.url, path: `/media/${id}/${peer.manifest}` });
        await waitForPeerPlayhead(page, 0.5);
        expect((await askPeer(page, (player) => player.captionLanguages())).sort()).toEqual(['de', 'en']);

        await askPeer(page, (player) => player.showCaptions('de'));
        await page.waitForFunction((words) => {
          const tracks = [...(document.querySelector('video')?.textTracks ?? [])];
          return tracks.some(({ cues }) =>
            [...(cues ?? [])].some((cue) => 'text' in cue && cue.text === words),
          );
        }, RICH_FILM.caption);
        const starts = await page.evaluate(
          (words) =>
            [...(document.querySelector('video')?.textTracks ?? [])]
              .flatMap(({ cues }) => [...(cues ?? [])])
              .filter((cue) => 'text' in cue && cue.text === words)
              .map(({ startTime }) => startTime),
          RICH_FILM.caption,
        );
        expect(starts).toEqual([expect.closeTo(RICH_FILM.captionStart, 1)]);

        const thumbnail = await askPeer(page, (player) => player.thumbnailAt(6.5));
        if (peer.manifest.endsWith('.mpd')) {
          expect(thumbnail).toMatchObject({ x: 160, y: 90, width: 160, height: 90 });
          const picture = await page.request.get(new URL(thumbnail?.url ?? '', server.url).href);
          expect(picture.headers()['content-type']).toBe('image/jpeg');
        }

        await waitForPeer(page, (player) => player.isOver());
        const soundEnd = await askPeer(page, (player) => player.soundEnd());
        if (soundEnd !== undefined) expect(soundEnd).toBeCloseTo(await soundEndOf(join(library, id)), 2);
      });
    }
  });
}

/** Seconds, by the playlist of the main sound: what the encoder put in front of it is not presented. */
async function soundEndOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true });
  const name = names.find((each) => /\baudio-en[^/\\]*\.m3u8$/.test(each)) ?? '';
  const playlist = await readFile(join(folder, name), 'utf8');
  return [...playlist.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, seconds]) => sum + Number(seconds), 0);
}
