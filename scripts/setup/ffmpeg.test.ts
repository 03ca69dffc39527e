/** Which ffmpeg is good enough, and which ffprobe belongs to it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { besideFfmpeg, inspectFfmpeg, inspectFfprobe } from './ffmpeg.mjs';

const ENCODERS = `Encoders:
 V..... = Video
 A..... = Audio
 ------
 V....D libx264              libx264 H.264 / AVC
 V..... libx264rgb           libx264 H.264 RGB
 A....D aac                  AAC (Advanced Audio Coding)
`;

/** A program that prints this. */
const printing = (stdout: string) => async () => ({ stdout, fault: undefined });

const failing = async () => ({ stdout: '', fault: 'it lacks a library' });

test('an ffmpeg with both encoders is good', async () => {
  expect(await inspectFfmpeg('ffmpeg', printing(ENCODERS))).toBeUndefined();
});

test.each(['libx264', 'aac'])(
  'one without %s is not: what has a similar name does not count',
  async (name) => {
    const others = ENCODERS.replace(new RegExp(`^.* ${name} .*\n`, 'm'), '');
    expect(await inspectFfmpeg('ffmpeg', printing(others))).toBe(`it lacks the encoder ${name}`);
  },
);

test('a program that is something else is not good', async () => {
  expect(await inspectFfmpeg('ls', printing('a.txt\n'))).toBe('it lacks the encoder libx264 and aac');
  expect(await inspectFfprobe('ffmpeg', printing('ffmpeg version 5.1\n'))).toBe('it is not ffprobe');
  expect(await inspectFfprobe('ffprobe', printing('ffprobe version 5.1\n'))).toBeUndefined();
});

test('a program that does not run says why', async () => {
  expect(await inspectFfmpeg('ffmpeg', failing)).toBe('it does not run (it lacks a library)');
  expect(await inspectFfprobe('ffprobe', failing)).toBe('it does not run (it lacks a library)');
});

test('the ffprobe beside a named ffmpeg belongs to it, where there is one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weir-ffmpeg-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const ffmpeg = join(folder, 'ffmpeg');
  expect(besideFfmpeg(ffmpeg)).toEqual([]);
  const ffprobe = join(folder, process.platform === 'win32' ? 'ffprobe.exe' : 'ffprobe');
  await writeFile(ffprobe, '');
  expect(besideFfmpeg(ffmpeg)).toEqual([ffprobe]);
  expect(besideFfmpeg('')).toEqual([]);
});
