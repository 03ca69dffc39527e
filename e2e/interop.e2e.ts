// What we publish is for every player of DASH or HLS: three others play it from the start, after a seek, and to the end.
import { expect, test } from './fixtures.ts';
import { askPeer, openPeer, PEERS, seekPeer, waitForPeer, waitForPeerPlayhead } from './peers.ts';
import { SHORT_FILM } from './test-library.ts';
import { representationsOf } from './titles.ts';

for (const peer of PEERS) {
  test(`${peer.name} plays our presentation: start, seek, end`, async ({ page, server, library }) => {
    await openPeer(page, peer, { server: server.url, path: `/media/${SHORT_FILM.id}/${peer.manifest}` });
    await waitForPeerPlayhead(page, 1);
    const duration = await page.evaluate(() => document.querySelector('video')?.duration);
    expect(duration).toBeCloseTo(SHORT_FILM.seconds, 0);
    const heights = await askPeer(page, (player) => player.heights());
    const ladder = (await representationsOf(library, SHORT_FILM.id)).map(({ height }) => height);
    // Some list each rung once for each rate of the sound.
    expect([...new Set(heights)].toSorted((a, b) => a - b)).toEqual(ladder);
    await seekPeer(page, SHORT_FILM.seconds - 6);
    await waitForPeerPlayhead(page, SHORT_FILM.seconds - 5);
    await waitForPeer(page, (player) => player.isOver());
  });
}
