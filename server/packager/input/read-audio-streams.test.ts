/** Reading sound out of ffprobe's answer: what it is, where it ends, and which streams count. */
import { expect, test } from 'vitest';
import type { ProbedStream } from './probe-report.ts';
import { chooseAudioStreams, readAudioStream } from './read-audio-streams.ts';

const audio = (changes: Partial<ProbedStream>): ProbedStream => ({
  index: 1,
  codec_type: 'audio',
  codec_name: 'aac',
  channels: 2,
  ...changes,
});

test('what a stream is about, in the words of the file', () => {
  const streams = [
    audio({
      channels: 6,
      channel_layout: '5.1(side)',
      tags: { language: 'eng', title: ' Commentary ' },
      disposition: { default: 1, comment: 1, dub: 0 },
    }),
    audio({ index: 2, channel_layout: 'unknown', tags: { title: ' ' } }),
  ];
  expect(streams.map((stream) => readAudioStream(stream, { streams }))).toEqual([
    {
      ...{ index: 1, codec: 'aac', lang: 'en', title: 'Commentary', channels: 6, layout: '5.1(side)' },
      dispositions: ['default', 'comment'],
    },
    { index: 2, codec: 'aac', lang: '', channels: 2, dispositions: [] },
  ]);
});

test('the end of a stream counts from the start of the file', () => {
  const format = { start_time: '10.0' };
  expect(readAudioStream(audio({ start_time: '10.5', duration: '4' }), { format }).end).toBe(4.5);
  expect(readAudioStream(audio({ duration: 'N/A' }), { format })).not.toHaveProperty('end');
});

test('Matroska says it in a tag: ffmpeg writes the last time stamp, mkvmerge the length', () => {
  const endOf = (tags: Record<string, string>): number | undefined =>
    readAudioStream(audio({ start_time: '3', tags }), { format: { start_time: '1' } }).end;
  expect(endOf({ DURATION: '01:00:04.250000000' })).toBe(3603.25);
  const statistics = { 'DURATION-eng': '00:00:04.250000000', '_STATISTICS_TAGS-eng': 'BPS DURATION' };
  expect(endOf(statistics)).toBe(6.25);
});

test('of several tracks in a language the default one is taken; all forms of a language are one', () => {
  const streams = [
    audio({ index: 1, tags: { language: 'eng' } }),
    audio({ index: 2, tags: { language: 'ger' } }),
    audio({ index: 3, tags: { language: 'en' }, disposition: { default: 1 } }),
    audio({ index: 4, tags: { language: 'und' } }),
    audio({ index: 5, tags: { language: 'nonsense' } }),
  ];
  expect(chooseAudioStreams({ streams }).map(({ index }) => index)).toEqual([3, 2, 4]);
});

test('several tracks in a language are kept when they are for different things', () => {
  const en = (index: number, title?: string, disposition = {}): ProbedStream =>
    audio({ index, tags: { language: 'eng', ...(title ? { title } : {}) }, disposition });
  const streams = [
    en(1),
    en(2, 'Commentary'),
    en(3, undefined, { visual_impaired: 1 }),
    en(4, undefined, { original: 1 }),
    en(5, 'Commentary', { default: 1 }),
  ];
  expect(chooseAudioStreams({ streams }).map(({ index }) => index)).toEqual([5, 1, 3]);
});
