/** Damage is refused in a sentence that names the way out; on that way what plays becomes a title, and it is said what was lost. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Title } from '../../library/title.ts';
import { makeFilm, makeFolder, NEVER } from '../films-for-tests.ts';
import { packageFile } from '../package-file.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../packaging-config.ts';

const WAY_OUT = ' (--accept-damage packages what plays).';

function packaged(film: string, acceptDamage: boolean): Promise<Title> {
  const config = { ...DEFAULT_PACKAGING_CONFIG, perTitle: 'never' } as const;
  const input = { ...config.input, acceptDamage };
  return packageFile(film, { library: `${film}.library`, signal: NEVER, config: { ...config, input } });
}

async function sentenceFor(film: string): Promise<string> {
  return packaged(film, false).then(
    () => 'It was packaged.',
    (error: Error) => error.message,
  );
}

/** A film of 4 s whose sample entry is renamed, as if it were of a codec that nobody knows yet. */
async function makeUnknown(entry: string, by: string): Promise<string> {
  const film = await makeFilm(await makeFolder(), { size: '160x90', seconds: 4, sound: 4 });
  const bytes = await readFile(film);
  const at = bytes.indexOf(entry, bytes.indexOf('moov'));
  bytes.write(by, at, 'latin1');
  // Its description would still tell what it is.
  const description = bytes.indexOf(entry === 'mp4a' ? 'esds' : 'avcC', at);
  bytes.write('free', description, 'latin1');
  await writeFile(film, bytes);
  return film;
}

test('sound of an unknown codec', async () => {
  const film = await makeUnknown('mp4a', 'ac-4');
  const fact = 'its sound (stream 1) is in AC-4, which this ffmpeg cannot decode';
  expect(await sentenceFor(film)).toBe(`film.mp4 cannot be packaged whole: ${fact}${WAY_OUT}`);
  const { representations, notices } = await packaged(film, true);
  expect(new Set(representations.map(({ kind }) => kind))).toEqual(new Set(['video']));
  expect(notices).toEqual(['Its sound (stream 1) is in AC-4, which this ffmpeg cannot decode.']);
});

test('a picture of an unknown codec', async () => {
  const film = await makeUnknown('avc1', 'vvc1');
  const fact = 'its video (stream 0) is in VVC, which this ffmpeg cannot decode';
  expect(await sentenceFor(film)).toBe(`film.mp4 cannot be packaged whole: ${fact}${WAY_OUT}`);
  const { representations, notices } = await packaged(film, true);
  expect(new Set(representations.map(({ kind }) => kind))).toEqual(new Set(['audio']));
  expect(notices).toEqual(['Its video (stream 0) is in VVC, which this ffmpeg cannot decode.']);
});

test('a film that is cut off: what is there, to where it is', async () => {
  const folder = await makeFolder();
  const options = ['-movflags', '+faststart', '-g', '25', '-crf', '10'];
  const film = await makeFilm(folder, { size: '160x90', seconds: 6, sound: 6, options });
  const whole = await readFile(film);
  await writeFile(film, whole.subarray(0, whole.byteLength / 2));
  expect(await sentenceFor(film)).toMatch(/it is cut off and ends at [23]\.\d s of 6\.0 s \(--accept/);
  const { duration, notices } = await packaged(film, true);
  expect(duration).toBeGreaterThan(2);
  expect(duration).toBeLessThan(4);
  expect(notices?.[0]).toBe(`It is cut off and ends at ${duration.toFixed(1)} s of 6.0 s.`);
});

test('an index that promises what the file does not have', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '160x90', seconds: 6, options: ['-g', '25', '-crf', '10'] });
  const whole = await readFile(film);
  // The last third of the media is taken out; box sizes agree again, places in the index do not.
  const [mdat, moov] = [whole.indexOf('mdat') - 4, whole.indexOf('moov') - 4];
  const kept = mdat + Math.round(((moov - mdat) * 2) / 3);
  const shorter = Buffer.concat([whole.subarray(0, kept), whole.subarray(moov)]);
  shorter.writeUInt32BE(kept - mdat, mdat);
  await writeFile(join(folder, 'film.mp4'), shorter);
  expect(await sentenceFor(film)).toMatch(/it is cut off and ends at [345]\.\d s of 6\.0 s/);
});

test('an empty track of sound is no loss', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '160x90', seconds: 1, sound: 1 });
  const bytes = await readFile(film);
  const track = bytes.indexOf('smhd');
  for (const [table, offset] of Object.entries({ stts: 8, stsc: 8, stsz: 12, stco: 8 }))
    bytes.writeUInt32BE(0, bytes.indexOf(table, track) + offset);
  await writeFile(film, bytes);
  const { representations, notices } = await packaged(film, false);
  expect(representations.every(({ kind }) => kind === 'video')).toBe(true);
  expect(notices).toEqual(['Its sound in stream 1 is empty and was left out.']);
});

test('damage inside is covered, and told with its time', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, {
    size: '160x90',
    seconds: 6,
    sound: 6,
    options: ['-g', '25', '-bf', '0'],
  });
  const bytes = await readFile(film);
  const middle = bytes.indexOf('mdat') + Math.round(bytes.byteLength * 0.45);
  bytes.fill(0x5a, middle, middle + 600);
  await writeFile(film, bytes);
  const { duration, notices } = await packaged(film, false);
  expect(duration).toBeCloseTo(6, 0);
  expect(notices?.[0]).toMatch(/^One place of the picture \(stream 0\) is damaged, at 0:0[234]/);
});
