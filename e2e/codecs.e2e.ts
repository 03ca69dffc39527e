// One film in three codecs, with its sound in two: every player finds something to play, and plays it to the end.
import { join } from 'node:path';
import { DEFAULT_PACKAGING_CONFIG } from '../server/packager/packaging-config.ts';
import { runTool, toolsFrom } from '../server/packager/tools.ts';
import { expect, test } from './fixtures.ts';
import { openPeer, PEERS, waitForPeer } from './peers.ts';
import { addTitle } from './test-library.ts';

const ID = 'many-codecs';
const SECONDS = 6;

async function makeFilm(folder: string, signal: AbortSignal): Promise<string> {
  const file = join(folder, 'film.mp4');
  const sound = 'aevalsrc=exprs=0.2*sin(2*PI*330*t)|0.2*sin(2*PI*440*t):s=48000';
  const args = [
    ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=25:duration=${SECONDS}`],
    ...['-f', 'lavfi', '-i', `${sound}:d=${SECONDS}`],
    ...['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac', file],
  ];
  await runTool(toolsFrom(process.env).ffmpeg, args, { signal });
  return file;
}

test.beforeAll('packages the film', async ({ library }) => {
  test.setTimeout(300_000);
  const codecs = ['h264', 'av1', 'vp9'] as const;
  const config = { ...DEFAULT_PACKAGING_CONFIG, codecs, preset: 'ultrafast' } as const;
  const title = await addTitle(library, ID, makeFilm, { config });
  const families = new Set(title.representations.map((each) => each.codecs.split('.')[0]));
  expect([...families].sort()).toEqual(['av01', 'avc1', 'mp4a', 'opus', 'vp09']);
});

test('our player plays it to the end in one codec, and offers the sound once', async ({ watch }) => {
  const viewer = await watch({ id: ID }, { rate: 20_000_000 });
  await viewer.waitFor('state', { where: ({ state }) => state === 'ended' });
  expect((await viewer.look()).playhead).toBeCloseTo(SECONDS, 1);
  expect(viewer.eventsOf('error')).toEqual([]);
  expect(viewer.eventsOf('gap')).toEqual([]);
  const shown = viewer.eventsOf('append').filter(({ kind }) => kind === 'video');
  const codecs = new Set(shown.map(({ representation }) => /-(av1|vp9)/.exec(representation)?.[1] ?? 'h264'));
  expect(codecs.size).toBe(1);
});

for (const peer of PEERS) {
  test(`${peer.name} plays it to the end`, async ({ page, server }) => {
    await openPeer(page, peer, { server: server.url, path: `/media/${ID}/${peer.manifest}` });
    await waitForPeer(page, (player) => player.isOver());
  });
}
