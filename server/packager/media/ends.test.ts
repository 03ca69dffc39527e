/** Picture and sound end together, also where the container does not say when either does. */
import { expect, test } from 'vitest';
import { encodeFilm, planFilm } from '../encode/encoded-for-tests.ts';
import { makeFilm, makeFolder } from '../films-for-tests.ts';
import { endOfRaw } from './raw-media.ts';

/** A frame of the picture; one of AAC is shorter. */
const FRAME = 1 / 25;

const LIVE = ['-live', '1'];

test.each([
  ['sound that is longer, told', 'film.mp4', 3, 3.7, []],
  ['sound that is longer, not told', 'film.mkv', 3, 3.7, LIVE],
  ['sound that is a little longer, not told', 'film.mkv', 3, 3.1, LIVE],
  ['sound that is shorter, told', 'film.mp4', 3, 2.2, []],
  ['sound that is shorter, not told', 'film.mkv', 3, 2.2, LIVE],
])('%s', async (_, name, seconds, sound, options) => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { name, size: '64x36', seconds, sound, options });
  const { encoded } = await encodeFilm(await planFilm(film, 60), folder);
  const ends = [...encoded.video, ...encoded.audio].map(({ raw }) => (raw ? endOfRaw(raw) : 0));
  for (const end of ends) expect(end).toBeCloseTo(Math.max(seconds, sound), 1);
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(FRAME);
  expect(encoded.heldSeconds).toBeCloseTo(Math.max(0, sound - seconds), 1);
});

test('when the length is known too late, the last chunk alone is made again', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, {
    name: 'film.mkv',
    size: '64x36',
    seconds: 6,
    sound: 7,
    options: LIVE,
  });
  const plan = await planFilm(film, 60);
  const frames = 50;
  const chunks = [0, 1, 2].map((number) => ({
    number,
    startFrame: number * frames,
    ...(number < 2 ? { frames } : {}),
  }));
  const { jobs } = await encodeFilm({ ...plan, chunks }, folder);
  expect([...new Set(jobs)].sort()).toEqual(['0', '1', '2', '2-held25', 'sound']);
});
