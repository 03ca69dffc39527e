/** The summary: a row for each representation, in columns, and where to watch. */
import { expect, test } from 'vitest';
import type { Title } from '../../server/library/title.ts';
import { formatSummary } from './summary-table.ts';

const title: Title = {
  format: 1,
  id: 'a-film',
  title: 'A film',
  created: '2026-01-02T03:04:05Z',
  version: '0123456789abcdef',
  duration: 120.125,
  input: { name: 'a.mp4', bytes: 1, fingerprint: 'f' },
  representations: [
    {
      ...{
        id: 'video-720',
        kind: 'video',
        codecs: 'avc1.64001f',
        bandwidth: 1_570_000,
        averageBandwidth: 814_400,
      },
      ...{ bytes: 12_200_000, width: 1280, height: 720 },
    },
    {
      id: 'audio',
      kind: 'audio',
      codecs: 'mp4a.40.2',
      bandwidth: 132_000,
      averageBandwidth: 131_000,
      bytes: 196_000,
    },
  ],
  files: { 'manifest.mpd': { bytes: 400_000, sha256: '', type: 'application/dash+xml' } },
};

test('columns stand under each other', () => {
  expect(formatSummary(title, 50)).toBe(
    [
      '"A film" is in the library: 2:00 packaged in 0:50, 0.40 MB.',
      '  rung       size          average         peak    bytes',
      '  video-720  1280×720   814 kbit/s  1570 kbit/s  12.2 MB',
      '  audio      mp4a.40.2  131 kbit/s   132 kbit/s  0.20 MB',
      'Watch it: npm start, then http://127.0.0.1:8080/watch/a-film',
    ].join('\n'),
  );
});
