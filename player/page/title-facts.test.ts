// Laws and examples for the words under a film.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeTitle, formatDate, formatDuration, formatRung, joinFacts } from './title-facts.ts';
import type { TitleSummary } from './titles.ts';

const film: TitleSummary = {
  id: 'film',
  title: 'Film',
  duration: 119.96,
  created: '2025-11-25T18:00:00.000Z',
  width: 1280,
  height: 720,
  manifest: '/media/film/manifest.mpd',
  hasAudio: true,
  hasVideo: true,
};

test.each([
  [0, '0:00'],
  [9.4, '0:09'],
  [59.6, '1:00'],
  [119.96, '2:00'],
  [3599.5, '1:00:00'],
  [3723, '1:02:03'],
  [360_000, '100:00:00'],
])('%d s read as %s', (duration, text) => {
  expect(formatDuration(duration)).toBe(text);
});

test('a length that is not known has no words', () => {
  for (const unknown of [Number.NaN, Number.POSITIVE_INFINITY, -1]) expect(formatDuration(unknown)).toBe('');
});

test('a length read back is the length to the nearest second', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (duration) => {
      const seconds = formatDuration(duration)
        .split(':')
        .reduce((sum, part) => sum * 60 + Number(part), 0);
      expect(seconds).toBe(Math.round(duration));
    }),
  );
});

test('a rung is named after its shorter side, whichever way the film stands', () => {
  expect(formatRung({ width: 1280, height: 720 })).toBe('720p');
  expect(formatRung({ width: 720, height: 1280 })).toBe('720p');
  expect(formatRung({})).toBe('');
});

test('a film is described by length, best quality and date', () => {
  expect(describeTitle(film, 'en-GB')).toBe('2:00 · 720p · 25 Nov 2025');
});

test('a film without picture says so in place of its quality', () => {
  const { width: _width, height: _height, ...song } = film;
  expect(describeTitle({ ...song, hasVideo: false }, 'en-GB')).toBe('2:00 · Audio · 25 Nov 2025');
});

test('what is not known is left out, with its dot', () => {
  expect(formatDate('yesterday')).toBe('');
  expect(joinFacts(['', '720p', ''])).toBe('720p');
  expect(joinFacts([])).toBe('');
});
