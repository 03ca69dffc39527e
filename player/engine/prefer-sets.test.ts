/** Which of several sets a viewer gets: the larger picture, the better codec where it is cheap, the voice meant for most. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AdaptationSet } from '../core/dash/presentation.ts';
import { adaptationSet } from './adaptation-set-for-tests.ts';
import { preferAudio, preferVideo } from './prefer-sets.ts';
import { findThriftyCodecs } from './thrifty-codecs.ts';

const idsOf = (sets: readonly AdaptationSet[]) => sets.map(({ id }) => id);
const picture = (id: string, codecs: string, height = 720) =>
  adaptationSet(id, 'video', codecs, { width: (height * 16) / 9, height });
const codings = [
  picture('h264', 'avc1.64001f'),
  picture('hevc', 'hvc1.1.6.L93.90'),
  picture('vp9', 'vp09.00.31.08'),
  picture('av1', 'av01.0.05M.08'),
];

test('of one film in several codecs the first plays, unless others cost this device little', () => {
  const firstWith = (...thrifty: string[]) => preferVideo(codings, new Set(thrifty))[0]?.id;
  expect(firstWith()).toBe('h264');
  expect(firstWith('avc')).toBe('h264');
  expect(firstWith('avc', 'vp9')).toBe('vp9');
  expect(firstWith('avc', 'vp9', 'hevc', 'av1')).toBe('av1');
});

test('a larger picture comes before a cheaper codec', () => {
  const sets = [picture('small', 'av01.0.05M.08', 360), picture('large', 'avc1.640028', 1080)];
  expect(idsOf(preferVideo(sets, new Set(['av1'])))).toEqual(['large', 'small']);
});

const film = (...adaptationSets: AdaptationSet[]) => ({
  periods: [{ id: 'p', start: 0, duration: 10, adaptationSets }],
});

test('the device is asked about the largest picture of each codec that the browser plays, and only when there is a choice', async () => {
  const asked: string[] = [];
  const ask = (sets: readonly AdaptationSet[]) =>
    findThriftyCodecs(
      film(...sets),
      (type) => !type.includes('hvc1'),
      async ({ type, height }) => {
        asked.push(`${type} ${height}`);
        return type.includes('av01');
      },
    );
  expect(await ask([picture('a', 'avc1.64001f'), picture('b', 'hvc1.1.6.L93.90')])).toEqual(new Set());
  expect(asked).toEqual([]);
  expect(await ask([picture('small', 'av01.0.00M.08', 144), ...codings])).toEqual(new Set(['av1']));
  expect(asked.sort()).toEqual([
    'video/mp4; codecs="av01.0.05M.08" 720',
    'video/mp4; codecs="avc1.64001f" 720',
    'video/mp4; codecs="vp09.00.31.08" 720',
  ]);
});

test('a picture without a size is not asked about', async () => {
  const sets = [adaptationSet('a', 'video', 'avc1.64001f'), adaptationSet('b', 'video', 'av01.0.05M.08')];
  const thrifty = await findThriftyCodecs(
    film(...sets),
    () => true,
    () => Promise.resolve(true),
  );
  expect(thrifty).toEqual(new Set());
});

const voice = (id: string, codecs: string, more: Parameters<typeof adaptationSet>[3] = {}) =>
  adaptationSet(id, 'audio', codecs, { lang: 'en', roles: ['main'], channels: 2, ...more });

test('stereo comes before 5.1, which can still be chosen; Opus beside AAC is no other voice', () => {
  const sets = [
    voice('surround', 'mp4a.40.2', { channels: 6 }),
    voice('stereo', 'mp4a.40.2'),
    voice('opus', 'opus'),
    voice('de', 'mp4a.40.2', { lang: 'de', roles: ['alternate'] }),
    voice('de-opus', 'opus', { lang: 'de', roles: ['alternate'] }),
  ];
  expect(idsOf(preferAudio(sets))).toEqual(['stereo', 'surround', 'de']);
});

test('two sets that nothing tells apart but their place are both offered', () => {
  expect(idsOf(preferAudio([voice('a', 'mp4a.40.2'), voice('b', 'mp4a.40.2')]))).toEqual(['a', 'b']);
});

const anySet = fc
  .record({
    codecs: fc.constantFrom('mp4a.40.2', 'opus', 'ec-3', ''),
    lang: fc.constantFrom('', 'en', 'de'),
    roles: fc.subarray(['main', 'dub', 'commentary']),
    channels: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  })
  .map(({ codecs, channels, ...rest }) =>
    adaptationSet('x', 'audio', codecs, { ...rest, ...(channels === undefined ? {} : { channels }) }),
  );

test('for any sets: no voice is lost, and nothing comes from elsewhere', () => {
  fc.assert(
    fc.property(fc.array(anySet), (sets) => {
      const preferred = preferAudio(sets);
      const voices = (list: readonly AdaptationSet[]) =>
        new Set(
          list.map(({ lang, roles, representations: [r] }) =>
            JSON.stringify([lang, roles, r?.channels ?? 2]),
          ),
        );
      expect(voices(preferred)).toEqual(voices(sets));
      for (const set of preferred) expect(sets).toContain(set);
      expect(new Set(preferred).size).toBe(preferred.length);
    }),
  );
});
