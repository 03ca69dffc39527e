/** The summary: a row for each representation, in columns no wider than a terminal, and where to watch. */
import { expect, test } from 'vitest';
import type { Title } from '../../server/library/title.ts';
import { made, picture, setOf, stereo } from '../../server/packager/made-for-tests.ts';
import { timingOf } from '../../server/packager/made-presentation.ts';
import type { MadeTitle } from '../../server/packager/made-title.ts';
import { codecName, formatSummary } from './summary-table.ts';

const title: Title = {
  format: 1,
  id: 'a-film',
  title: 'A film',
  created: '2026-01-02T03:04:05Z',
  version: '0123456789abcdef',
  duration: 120.125,
  input: { name: 'a.mp4', bytes: 1, fingerprint: 'f' },
  representations: [],
  files: { 'manifest.mpd': { bytes: 400_000, sha256: '', type: 'application/dash+xml' } },
};

const video = setOf([made('video-720', picture(1280, 720))]);
const audio = setOf([made('audio-de', stereo)], 'de');
const sets = { video, audio };
const sound: MadeTitle = {
  presentation: {
    title: 'A film',
    ...sets,
    text: [{ id: 'text-de', lang: 'de', label: 'Deutsch', role: 'caption', file: 'de.vtt', bytes: 1 }],
    ...timingOf(sets),
  },
  verdict: {
    isSound: true,
    name: '',
    representations: [],
    looked: { files: 3, times: 4 },
    faults: [],
    remarks: [],
  },
  quality: new Map(),
};

test('columns stand under each other', () => {
  expect(formatSummary({ title, made: sound, seconds: 50, library: 'media/library' })).toBe(
    [
      '"A film" is in the library: 2:00 packaged in 0:50, 0.40 MB.',
      '             picture, sound  codec  kbit/s  peak     size',
      '  video-720  1280×720        H.264     750  1000  0.00 MB',
      '  audio-de   stereo, de      AAC       750  1000  0.00 MB',
      '  text: Deutsch (captions)',
      '  verified: 7 claims looked at, all true',
      'It is in media/library/a-film',
      'Watch it:    npm start, then http://127.0.0.1:8080/watch/a-film',
    ].join('\n'),
  );
});

test('quality is shown where it was measured, and the report where there is one', () => {
  const measured = {
    ...sound,
    quality: new Map([['video-720', 0.98765]]),
    report: '0123456789abcdef/report.html',
  };
  const text = formatSummary({ title, made: measured, seconds: 50, library: 'media/library' });
  expect(text).toContain('kbit/s  peak    SSIM     size');
  expect(text).toContain('750  1000  0.9877  0.00 MB');
  expect(text).toContain('Look at it:  media/library/a-film/0123456789abcdef/report.html');
});

test.each([
  ['avc1.64001f', 'H.264'],
  ['hvc1.1.6.L93.B0', 'HEVC'],
  ['av01.0.04M.08', 'AV1'],
  ['vp09.00.31.08', 'VP9'],
  ['mp4a.40.2', 'AAC'],
  ['opus', 'Opus'],
  ['ac-3', 'ac-3'],
])('%s is %s', (codecs, name) => {
  expect(codecName(codecs)).toBe(name);
});
