/** What is made of sound: laws for any streams, and known ladders for known ones. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { audioRole } from '../input/audio-role.ts';
import { audioStream } from '../input/input-for-tests.ts';
import { chooseAudio } from './audio-ladder.ts';
import type { VideoCodec } from './ladder.ts';

const idsOf = (channels: number, codecs: readonly VideoCodec[] = ['h264'], lang = 'en') =>
  chooseAudio({ audio: [audioStream({ index: 1, channels, lang })] }, codecs).map(({ id }) => id);

test('stereo gets two rates, mono half of them, and 5.1 is kept beside its stereo', () => {
  expect(idsOf(2)).toEqual(['audio-en-128k', 'audio-en-64k']);
  expect(idsOf(1)).toEqual(['audio-en-64k', 'audio-en-32k']);
  expect(idsOf(6)).toEqual(['audio-en-128k', 'audio-en-64k', 'audio-en-surround-384k']);
  expect(idsOf(5, ['h264'], '')).toEqual(['audio-128k', 'audio-64k']);
});

test('Opus stands beside AAC where a codec of its family is asked for, and never in its place', () => {
  expect(idsOf(2, ['h264', 'hevc'])).not.toContain('audio-en-opus-96k');
  for (const codec of ['vp9', 'av1'] as const)
    expect(idsOf(2, [codec])).toEqual([
      'audio-en-128k',
      'audio-en-64k',
      'audio-en-opus-96k',
      'audio-en-opus-48k',
    ]);
});

const streams = fc.array(
  fc.record({ channels: fc.integer({ min: 1, max: 16 }), lang: fc.constantFrom('', 'en', 'de') }),
  { maxLength: 5 },
);

test('for any streams: names are unique, nothing is mixed up, a stream stays together', () => {
  fc.assert(
    fc.property(streams, fc.boolean(), (sketches, withAv1) => {
      const audio = sketches.map((sketch, index) => audioStream({ index, ...sketch }));
      const renditions = chooseAudio({ audio }, withAv1 ? ['h264', 'av1'] : ['h264']);
      expect(new Set(renditions.map(({ id }) => id)).size).toBe(renditions.length);
      for (const { channels, stream } of renditions) expect(channels).toBeLessThanOrEqual(stream.channels);
      const indexes = renditions.map(({ stream }) => stream.index);
      expect(indexes).toEqual([...indexes].sort((a, b) => a - b));
      expect(new Set(indexes).size).toBe(audio.length);
    }),
  );
});

test('one stream is the main one: the first that is no commentary', () => {
  const comment = audioStream({ index: 1, lang: 'en', title: "Director's Commentary" });
  const film = audioStream({ index: 2, lang: 'en' });
  const dub = audioStream({ index: 3, lang: 'de', dispositions: ['dub'] });
  const other = audioStream({ index: 4, lang: 'fr' });
  const all = [comment, film, dub, other];
  expect(all.map((stream) => audioRole(stream, all))).toEqual(['commentary', 'main', 'dub', 'alternate']);
  expect(audioRole(comment, [comment])).toBe('main');
});
