/** Picture and sound stay as far from each other as they were, whatever the clocks of the input do. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { packageFile } from '../package-file.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../packaging-config.ts';
import { runTool } from '../tools.ts';
import { beepTimes, type FlashFilm, flashTimes, makeFlashFilm } from './flashes-for-tests.ts';

const config = { ...DEFAULT_PACKAGING_CONFIG, perTitle: 'never' } as const;

/** Seconds that nobody notices, beside the frame by which a flash can be told. */
const CLOSE = 0.025;

/** How much later each beep is than its flash is to be within a frame of `delay`, in seconds. */
async function expectDelay(delay: number, film: string, library: string): Promise<void> {
  const title = await packageFile(film, { library, signal: NEVER, config });
  const [flashes, beeps] = [await flashTimes(library, title), await beepTimes(library, title)];
  expect(flashes.length).toBeGreaterThanOrEqual(3);
  expect(beeps).toHaveLength(flashes.length);
  const rate = title.representations[0]?.frameRate ?? 25;
  for (const [i, flash] of flashes.entries()) {
    const found = (beeps[i] ?? 0) - flash;
    expect(Math.abs(found - delay), `${found} s`).toBeLessThanOrEqual(1 / rate + CLOSE);
  }
}

const FILMS: readonly (FlashFilm & { readonly what: string; readonly delay?: number })[] = [
  { what: 'a tidy film', name: 'film.mp4' },
  { what: 'sound that begins later', name: 'film.mkv', soundLate: 0.5, delay: 0.5 },
  { what: 'a picture that begins later', name: 'film.mp4', pictureLate: 0.72, delay: -0.72 },
  { what: 'a first time stamp of 10 s', name: 'film.ts', options: ['-output_ts_offset', '10'] },
  {
    what: 'the same in Matroska, sound first',
    name: 'film.mkv',
    pictureLate: 10.3,
    soundLate: 10,
    delay: -0.3,
  },
  { what: '29.97 frames a second', name: 'film.mov', rate: '30000/1001' },
  {
    what: 'frames at uneven times',
    name: 'film.mkv',
    options: ['-vf', "select='not(mod(n,7))+not(mod(n,2))'", '-fps_mode', 'vfr'],
  },
];

test.each(FILMS.map((film) => [film.what, film] as const))('%s', async (_, film) => {
  const folder = await makeFolder();
  const path = await makeFlashFilm(folder, film);
  await expectDelay(film.delay ?? 0, path, join(folder, 'library'));
});

test('a film that was cut without encoding begins before its own zero', async () => {
  const folder = await makeFolder();
  const whole = await makeFlashFilm(folder, { name: 'whole.mp4', options: ['-g', '50'] });
  const cut = join(folder, 'cut.mp4');
  const args = ['-v', 'error', '-ss', '1.3', '-i', whole, '-c', 'copy', cut];
  await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  await expectDelay(0, cut, join(folder, 'library'));
});

test('sound that changes from stereo to six channels on the way', async () => {
  const folder = await makeFolder();
  const part = (name: string, channels: string, offset: number) =>
    makeFlashFilm(folder, {
      name,
      options: ['-c:a', 'ac3', '-ac', channels, '-output_ts_offset', `${offset}`],
    });
  const parts = [await part('a.ts', '2', 0), await part('b.ts', '6', 6.4)];
  const film = join(folder, 'film.ts');
  await writeFile(film, Buffer.concat(await Promise.all(parts.map((path) => readFile(path)))));
  await expectDelay(0, film, join(folder, 'library'));
});
