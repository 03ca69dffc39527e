// A title is published again while somebody watches it: they go on with the film they began, the next one gets the new film.
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openPartial } from '../server/library/publish.ts';
import { readTitle } from '../server/library/read-title.ts';
import { TITLE_FILE } from '../server/library/title.ts';
import { expect, test } from './fixtures.ts';
import { FILM, SHORT_FILM } from './test-library.ts';

const CHANGING = { id: 'changing' };

/** Publishes the film of another title under the name of the one that changes. */
async function publishAs(library: string, { id }: { readonly id: string }): Promise<void> {
  const from = join(library, id);
  const { former: _, ...title } = readTitle(JSON.parse(await readFile(join(from, TITLE_FILE), 'utf8')));
  const partial = await openPartial(library, CHANGING.id);
  for (const name of Object.keys(title.files)) {
    await cp(join(from, name), join(partial.directory, name));
  }
  await partial.publish({ ...title, id: CHANGING.id, created: new Date().toISOString() });
}

test('who is in the middle goes on to what only the old film has; a newcomer gets the new one', async ({
  library,
  watch,
  browser,
  server,
}) => {
  try {
    await publishAs(library, FILM);
    const viewer = await watch(CHANGING, { rate: 6_000_000 });
    await viewer.waitFor('first-frame');

    await publishAs(library, SHORT_FILM);
    const newcomer = await browser.newPage();
    const mpd = `${server.url}media/${CHANGING.id}/manifest.mpd`;
    await expect.poll(async () => (await newcomer.request.get(mpd)).text()).toContain('PT20');
    await newcomer.goto(`${server.url}watch/${CHANGING.id}?autoplay=1&muted=1`);
    await newcomer.waitForFunction(() => (document.querySelector('weir-video')?.duration ?? 0) > 0);
    const duration = await newcomer.evaluate(() => document.querySelector('weir-video')?.duration);
    expect(duration).toBeCloseTo(SHORT_FILM.seconds, 0);
    await newcomer.close();

    await viewer.seek(60);
    await viewer.waitForPlayhead(63);
    expect((await viewer.look()).duration).toBeCloseTo(FILM.seconds, 0);
    expect(viewer.eventsOf('error')).toEqual([]);
  } finally {
    await rm(join(library, CHANGING.id), { recursive: true, force: true });
  }
});
