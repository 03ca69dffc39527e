import { expect, test } from 'vitest';
import type { AdaptationSet, Presentation } from '../core/dash/presentation.ts';
import { adaptationSet as set } from './adaptation-set-for-tests.ts';
import { selectPlayable } from './playable.ts';

function presentation(...adaptationSets: AdaptationSet[]): Presentation {
  return { duration: 10, minBufferTime: 2, periods: [{ id: 'p', start: 0, duration: 10, adaptationSets }] };
}

const browser = (type: string) => /avc1|mp4a|av01/.test(type);

test('of two sets the browser plays, the larger picture; sets it cannot play are left out', () => {
  const [period] = selectPlayable(
    presentation(
      set('a', 'video', 'avc1', { height: 360 }),
      set('b', 'video', 'av01', { height: 1080 }),
      set('c', 'video', 'hev1', { height: 2160 }),
    ),
    browser,
  );
  expect(period?.sets.video.map((s) => s.id)).toEqual(['b', 'a']);
});

test('the main sound before its dubs', () => {
  const [period] = selectPlayable(
    presentation(
      set('de', 'audio', 'mp4a', { roles: ['dub'] }),
      set('en', 'audio', 'mp4a', { roles: ['main'] }),
    ),
    browser,
  );
  expect(period?.sets.audio[0]?.id).toBe('en');
});

test('pictures that cannot be decoded are an error that names the codec, not a film without pictures', () => {
  const film = presentation(set('v', 'video', 'hev1.1'), set('a', 'audio', 'mp4a'));
  expect(() => selectPlayable(film, browser)).toThrow(/hev1\.1/);
});

test('encrypted media is told as encrypted', () => {
  const film = presentation(set('v', 'video', 'avc1', { protection: ['urn:x'] }));
  expect(() => selectPlayable(film, browser)).toThrow(/encrypted/);
});

test('a period without the pictures of the others is refused in a sentence, not waited for', () => {
  const film = presentation(set('v', 'video', 'avc1'), set('a', 'audio', 'mp4a'));
  const [first] = film.periods;
  const sound = { id: 'q', start: 10, duration: 10, adaptationSets: [set('a', 'audio', 'mp4a')] };
  const both = { ...film, periods: first ? [first, sound] : [] };
  expect(() => selectPlayable(both, browser)).toThrow(/"q" has no video/);
});

test('sound alone is a presentation', () => {
  expect(selectPlayable(presentation(set('a', 'audio', 'mp4a')), browser)[0]?.sets.video).toEqual([]);
});
