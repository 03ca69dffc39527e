/** Subtitles: text is kept with its language and purpose. */
import { expect, test } from 'vitest';
import { readSubtitles } from './read-subtitles.ts';

test('text is told from pictures', () => {
  const streams = ['subrip', 'hdmv_pgs_subtitle', 'ass', 'dvd_subtitle', 'none'].map((codec_name, index) => ({
    index,
    codec_type: 'subtitle',
    codec_name,
    tags: { language: 'ger', title: 'Untertitel' },
    disposition: { forced: 1 },
  }));
  const about = { lang: 'de', title: 'Untertitel', dispositions: ['forced'] };
  expect(readSubtitles({ streams })).toEqual([
    { index: 0, codec: 'subrip', ...about },
    { index: 2, codec: 'ass', ...about },
  ]);
});
