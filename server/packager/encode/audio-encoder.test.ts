/** What is heard of what was put in: as loud as it was, never clipped, each channel where it belongs. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTrack } from '../../../player/core/mp4/initialization.ts';
import { makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { packageFile } from '../package-file.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../packaging-config.ts';
import { readPublished } from '../title-for-tests.ts';
import { runTool } from '../tools.ts';

interface Heard {
  readonly id: string;
  readonly file: string;
  readonly channels: number;
}

/** `sound` is an expression for each channel, `|` between them; with Opus beside AAC. */
async function packageSound(sound: string, layout: string): Promise<Heard[]> {
  const folder = await makeFolder();
  const film = join(folder, 'sound.wav');
  const source = `aevalsrc=exprs='${sound}':c=${layout}:s=48000:d=2`;
  const words = ['-v', 'error', '-f', 'lavfi', '-i', source, '-c:a', 'pcm_f32le', film];
  await runTool(TOOLS.ffmpeg, words, { signal: NEVER });
  const config = { ...DEFAULT_PACKAGING_CONFIG, codecs: ['h264', 'av1'] } as const;
  const { id } = await packageFile(film, { library: folder, config, signal: NEVER });
  const { audio } = await readPublished(folder, id);
  return Promise.all(
    audio.map(async ({ representation, bytes }) => {
      const file = join(folder, `${representation.id}.mp4`);
      await writeFile(file, bytes);
      const { media } = readTrack(bytes);
      return { id: representation.id, file, channels: media.kind === 'audio' ? media.channels : 0 };
    }),
  );
}

/** Decibels of each channel, leaving out the first and last tenth of a second. */
async function measure(file: string, what: 'Peak level dB' | 'RMS level dB'): Promise<number[]> {
  const filter = `atrim=0.1:1.9,astats=measure_overall=none`;
  const { stderr } = await runTool(TOOLS.ffmpeg, ['-i', file, '-af', filter, '-f', 'null', '-'], {
    signal: NEVER,
  });
  return [...stderr.matchAll(new RegExp(`${what}: (\\S+)`, 'g'))].map(([, value]) => Number(value));
}

const TONE = 'sin(2*PI*440*t)';

test('5.1 at its loudest fits into stereo without clipping, and stays 5.1 beside it', async () => {
  const heard = await packageSound(new Array(6).fill(TONE).join('|'), '5.1');
  expect(Object.fromEntries(heard.map(({ id, channels }) => [id, channels]))).toEqual({
    'audio-128k': 2,
    'audio-64k': 2,
    'audio-surround-384k': 6,
    'audio-opus-96k': 2,
    'audio-opus-48k': 2,
  });
  for (const { file, channels } of heard) {
    const peaks = await measure(file, 'Peak level dB');
    expect(peaks).toHaveLength(channels);
    for (const peak of peaks) expect(peak).toBeLessThan(0.5);
  }
});

test('stereo is as loud as it was, on either side', async () => {
  for (const { file } of await packageSound(`0.5*${TONE}|0.25*${TONE}`, 'stereo')) {
    const [left = 0, right = 0] = await measure(file, 'RMS level dB');
    expect(left).toBeCloseTo(-9.03, 0);
    expect(left - right).toBeCloseTo(6.02, 0);
  }
});

test('what is for one speaker alone is heard from that one alone', async () => {
  const speakers = ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR'];
  const place = 3;
  const sound = speakers.map((_, i) => (i === place ? '0.5*sin(2*PI*60*t)' : '0')).join('|');
  const surround = (await packageSound(sound, '5.1(side)')).find(({ channels }) => channels === 6);
  const levels = await measure(surround?.file ?? '', 'RMS level dB');
  expect(levels.map((level) => level > -60)).toEqual(speakers.map((_, i) => i === place));
});

test('a single channel is not made into two', async () => {
  const heard = await packageSound(`0.5*${TONE}`, 'mono');
  expect(heard.map(({ channels }) => channels)).toEqual([1, 1, 1, 1]);
});
