/** Everything that cannot be packaged ends in one clear sentence, and leaves nothing in the library. */
import { appendFileSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { packageFile } from '../package-file.ts';
import { PackagingError, type PackagingErrorCode } from '../packaging-error.ts';
import { runTool } from '../tools.ts';

/** Packages `file` into `folder/library`, which must stay as empty as it was. */
async function refusalOf(file: string, folder: string): Promise<PackagingError> {
  const library = join(folder, 'library');
  await mkdir(library);
  const error = await packageFile(file, { library, signal: NEVER }).then(
    () => new Error('It was packaged.'),
    (reason: unknown) => reason,
  );
  expect(await readdir(library)).toEqual([]);
  if (!(error instanceof PackagingError)) throw error;
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error;
}

async function expectRefusal(
  name: string,
  content: string | Uint8Array,
  [code, message]: readonly [PackagingErrorCode, string],
): Promise<void> {
  const folder = await makeFolder();
  const file = join(folder, name);
  await writeFile(file, content);
  const refusal = await refusalOf(file, folder);
  expect([refusal.code, refusal.message]).toEqual([code, message]);
}

test('an empty file, and a text that calls itself a film', async () => {
  await expectRefusal('empty.mp4', '', ['input-unreadable', 'empty.mp4 is empty.']);
  const sentence = 'notes.mp4 is no video or audio file that can be read.';
  await expectRefusal('notes.mp4', 'Buy milk.\n'.repeat(50), ['input-unreadable', sentence]);
});

test('a picture, under its own name or that of a film', async () => {
  const folder = await makeFolder();
  const picture = join(folder, 'still.png');
  const args = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=64x36', '-frames:v', '1', picture];
  await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  const content = await readFile(picture);
  for (const name of ['still.png', 'still.mp4']) {
    await expectRefusal(name, content, ['input-unreadable', `${name} is a picture, not a film.`]);
  }
});

test('a film cut off before its index', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '160x90', seconds: 2 });
  const whole = await readFile(film);
  const sentence = 'cut.mp4 is cut off or was never finished: its index (moov) is missing.';
  await expectRefusal('cut.mp4', whole.subarray(0, whole.byteLength / 2), ['input-unreadable', sentence]);
});

test('a film cut off behind its index: the sentence says where it ends', async () => {
  const folder = await makeFolder();
  const options = ['-movflags', '+faststart', '-g', '25', '-crf', '10'];
  const film = await makeFilm(folder, { size: '160x90', seconds: 4, sound: 4, options });
  const whole = await readFile(film);
  const cut = join(folder, 'cut.mp4');
  await writeFile(cut, whole.subarray(0, whole.byteLength / 2));
  const refusal = await refusalOf(cut, folder);
  expect(refusal.code).toBe('input-truncated');
  expect(refusal.message).toMatch(
    /^cut\.mp4 cannot be packaged whole: it is cut off and ends at [12]\.\d s of 4\.0 s \(--accept-damage packages what plays\)\.$/,
  );
});

test('a film whose frames are all damaged', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { size: '160x90', seconds: 1, options: ['-movflags', '+faststart'] });
  const damaged = Buffer.from(await readFile(film));
  damaged.fill(0xff, damaged.indexOf('mdat') + 4);
  const copy = join(folder, 'damaged.mp4');
  await copyFile(film, copy);
  await writeFile(copy, damaged);
  const refusal = await refusalOf(copy, folder);
  expect(refusal.code).toBe('nothing-to-play');
  expect(refusal.message).toBe(
    'damaged.mp4 cannot be packaged: its video (stream 0) is damaged: none of its h264 data can be decoded.',
  );
});

test('a film that is still being written: what was made of its first part is not published', async () => {
  const folder = await makeFolder();
  const film = await makeFilm(folder, { name: 'growing.ts', size: '160x90', seconds: 2 });
  const library = join(folder, 'library');
  const growing = packageFile(film, {
    library,
    signal: NEVER,
    onProgress: ({ stage }) => {
      if (stage === 'encode') appendFileSync(film, 'more');
    },
  });
  await expect(growing).rejects.toMatchObject({
    code: 'input-changed',
    message: 'growing.ts grew while it was being packaged: try again when it is complete.',
  });
  expect(await readdir(library)).toEqual([]);
});
