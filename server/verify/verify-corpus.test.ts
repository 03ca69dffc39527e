/** Presentations of other packagers: there is always a verdict, those that are right pass, and what is wrong is named. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { allFaults } from './verdict.ts';
import { verifyPresentation } from './verify-presentation.ts';

const DASH = fileURLToPath(new URL('../../../shared/media/dash/', import.meta.url));
const MPDS = existsSync(DASH)
  ? readdirSync(DASH, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mpd'))
  : [];
const NEVER = new AbortController().signal;

async function verify(name: string) {
  return verifyPresentation(join(DASH, name), { signal: NEVER, isFull: true });
}

/** Presentations without a fault, and one thing that is wrong with each of some others. */
const SOUND = [
  'livesim2-bbb_hevc_ac3_8s',
  'livesim2-train_ad',
  'media3-emsg',
  'media3-multi-track',
  'media3-standalone-webvtt',
  'media3-webvtt-in-mp4',
  'shaka-clearkey-h264',
  'usp-bbc-redgreen',
];
const FAULTY: Readonly<Record<string, RegExp>> = {
  'bento4-bullfinch-1080p/Bullfinch.mpd': /@codecs is "avc1.4d401f", its sample entry is "avc1.640028"/,
  'livesim2-testpic_2s/Manifest.mpd': /@maxSegmentDuration is 2 s, "A48" has a segment of 2.005333 s/,
  'livesim2-testpic_2s/cea608.mpd': /There is no file "A48\/5.m4s"/,
  'media3-cmaf-multi-segment/manifest.mpd': /1024 ticks more. The edit list accounts for it/,
  'media3-thumbnails/sample.mpd': /@width is 2048, the picture is 1024×576/,
  'shaka-multitype-variant/dash.mpd': /It is WebM, whose boxes are not looked at/,
  'usp-bbc-bigbuckbunny-avc3/bigbuckbunny.mpd':
    /@bandwidth is 86000, with 1.92 s buffered first it needs \d+/,
};

test.skipIf(MPDS.length === 0).each(MPDS)(
  '%s has a verdict that says how much was looked at',
  async (name) => {
    const verdict = await verify(name);
    const looked = [verdict, ...verdict.representations].flatMap((each) => Object.values(each.looked));
    expect(looked.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    for (const fault of allFaults(verdict)) expect(fault.sentence).toMatch(/^[A-Z@/"].*\.$/);
    expect(verdict.name).toBe(basename(name));
  },
);

test.skipIf(MPDS.length === 0)('those that are right pass', async () => {
  for (const name of MPDS.filter((each) => SOUND.some((folder) => each.startsWith(folder)))) {
    const verdict = await verify(name);
    expect([name, allFaults(verdict)]).toEqual([name, []]);
  }
});

test.skipIf(MPDS.length === 0).each(Object.entries(FAULTY))(
  '%s is told what is wrong',
  async (name, words) => {
    const sentences = allFaults(await verify(name)).map(({ sentence }) => sentence);
    expect(sentences.join('\n')).toMatch(words);
  },
);
