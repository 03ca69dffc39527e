/** HLS playlists: the same bytes and the same times as the MPD says, in the words of RFC 8216. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { made, picture, segmentsOf, setOf, stereo } from '../made-for-tests.ts';
import { type MadePresentation, type MediaSet, timingOf } from '../made-presentation.ts';
import type { MadeRepresentation, MadeSegment } from '../made-representation.ts';
import { ratio } from '../ratio.ts';
import { targetDurationOf } from './media-playlist.ts';
import { peakRate } from './peak-rate.ts';
import { contentOf, findTag, type ReadPlaylist, readByteRange, readPlaylist } from './playlist-for-tests.ts';
import { writeMainPlaylist, writeMediaPlaylists } from './write-playlists.ts';

const MAIN = 'master.m3u8';

function write(
  sets: Pick<MadePresentation, 'video' | 'audio'> & Partial<MadePresentation>,
  edited: readonly MadeRepresentation[] = [],
  keyPictures: ReadonlyMap<MadeRepresentation, readonly number[]> = new Map(),
): Record<string, ReadPlaylist> {
  const presentation = { title: 'A film', text: [], ...timingOf(sets), ...sets };
  const initializations = new Map(edited.map((each) => [each, `hls/${each.id}.mp4`]));
  const needs = { initializations, keyPictures };
  const texts = {
    ...writeMediaPlaylists(presentation, needs),
    [MAIN]: writeMainPlaylist(presentation, { version: 'v1', needs }),
  };
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, readPlaylist(text)]));
}

function mediaTags(playlist: ReadPlaylist | undefined, type: string) {
  const tags = playlist?.tags
    .filter(({ name }) => name === 'EXT-X-MEDIA')
    .map(({ attributes }) => attributes);
  return (tags ?? []).filter((attributes) => attributes['TYPE'] === type);
}

function variantsOf(playlist: ReadPlaylist | undefined) {
  return (playlist?.entries ?? []).map(
    ({ tags, uri }) => ({ uri, ...findTag(tags, 'EXT-X-STREAM-INF') }) as Record<string, string>,
  );
}

function sound(id: string, codecs: string, channels: number, bytes: number): MadeRepresentation {
  const like = made(id, { ...stereo, channels });
  return { ...like, track: { ...like.track, codecs }, segments: segmentsOf([bytes, bytes], 48_000) };
}

function soundSet(
  lang: string,
  representations: readonly MadeRepresentation[],
  role: MediaSet['role'] = 'main',
): MediaSet {
  return { lang, role, representations };
}

describe('a media playlist', () => {
  /** As an encoder makes them: behind one another, of any length and size, with some priming in front. */
  const anySegments = fc
    .array(fc.tuple(fc.integer({ min: 1024, max: 500_000 }), fc.integer({ min: 1, max: 9_000_000 })), {
      minLength: 1,
      maxLength: 30,
    })
    .map((drawn) => {
      let startTicks = 0;
      return drawn.map(([durationTicks, bytes]): MadeSegment => {
        startTicks += durationTicks;
        return {
          startTicks: startTicks - durationTicks,
          durationTicks,
          endTicks: startTicks,
          bytes,
          sha256: '',
        };
      });
    });

  test('its ranges tile the file from the index to the end, its durations add up to the microsecond', () => {
    fc.assert(
      fc.property(
        anySegments,
        fc.integer({ min: 0, max: 1023 }),
        fc.integer({ min: 1000, max: 100_000 }),
        (segments, skipTicks, timescale) => {
          const like = made('a', stereo);
          const one = { ...like, segments, track: { ...like.track, skipTicks, timescale } };
          const { entries, tags } = write({ video: [], audio: setOf([one]) })['a.m3u8'] ?? {
            entries: [],
            tags: [],
          };
          let next = 756;
          let [seconds, ticks] = [0, 0];
          for (const [i, entry] of entries.entries()) {
            const range = readByteRange(contentOf(entry.tags, 'EXT-X-BYTERANGE'));
            expect(range?.first).toBe(next);
            next = (range?.last ?? 0) + 1;
            seconds += Number(contentOf(entry.tags, 'EXTINF')?.slice(0, -1));
            ticks += segments[i]?.durationTicks ?? 0;
            expect(Math.abs(seconds - (ticks - skipTicks) / timescale)).toBeLessThan(1e-6);
            expect(Math.round(Number(contentOf(entry.tags, 'EXTINF')?.slice(0, -1)))).toBeLessThanOrEqual(
              Number(contentOf(tags, 'EXT-X-TARGETDURATION')),
            );
          }
          expect(entries).toHaveLength(segments.length);
          expect(next).toBe(756 + segments.reduce((sum, { bytes }) => sum + bytes, 0));
          expect(tags.at(-1)?.name).toBe('EXT-X-ENDLIST');
        },
      ),
    );
  });

  test('names initialization and segments by range, or file by file', () => {
    const files = { layout: 'files', folder: 'v', initialization: { bytes: 9, sha256: '' } } as const;
    const flat = write({ video: setOf([made('v', picture(64, 36))]), audio: [] })['v.m3u8'];
    const split = write({ video: setOf([made('v', picture(64, 36), { stored: files })]), audio: [] })[
      'v.m3u8'
    ];
    expect(findTag(flat?.tags ?? [], 'EXT-X-MAP')).toEqual({ URI: 'v.mp4', BYTERANGE: '700@0' });
    expect(flat?.entries.map(({ uri }) => uri)).toEqual(['v.mp4', 'v.mp4']);
    expect(findTag(split?.tags ?? [], 'EXT-X-MAP')).toEqual({ URI: 'v/init.mp4' });
    expect(split?.entries.map(({ uri }) => uri)).toEqual(['v/1.m4s', 'v/2.m4s']);
    expect(split?.tags.some(({ name }) => name === 'EXT-X-BYTERANGE')).toBe(false);
  });

  test('sound with something in front has an initialization that skips it', () => {
    const one = made('a', stereo);
    const playlist = write({ video: [], audio: setOf([one]) }, [one])['a.m3u8'];
    expect(findTag(playlist?.tags ?? [], 'EXT-X-MAP')).toEqual({ URI: 'hls/a.mp4' });
  });

  test('all of video and audio have one target duration', () => {
    const long = made('a', stereo, { segments: segmentsOf([1, 1], 60_000) });
    const all = write({ video: setOf([made('v', picture(64, 36))]), audio: setOf([long]) });
    const targets = ['v.m3u8', 'a.m3u8'].map((name) =>
      contentOf(all[name]?.tags ?? [], 'EXT-X-TARGETDURATION'),
    );
    expect(targets).toEqual(['5', '5']);
  });
});

test('key pictures have playlists of their own, with the durations of their segments', () => {
  const film = made('v', picture(64, 36));
  const all = write({ video: setOf([film]), audio: [] }, [], new Map([[film, [1000, 900]]]));
  const playlist = all['v-key.m3u8'];
  expect(playlist?.tags.some(({ name }) => name === 'EXT-X-I-FRAMES-ONLY')).toBe(true);
  expect(playlist?.entries.map(({ tags }) => contentOf(tags, 'EXT-X-BYTERANGE'))).toEqual([
    '1000@756',
    '900@500756',
  ]);
  expect(playlist?.entries.map(({ tags }) => contentOf(tags, 'EXTINF'))).toEqual(['4,', '4,']);
  expect(findTag(all[MAIN]?.tags ?? [], 'EXT-X-I-FRAME-STREAM-INF')).toEqual({
    BANDWIDTH: '2000',
    'AVERAGE-BANDWIDTH': '1900',
    CODECS: 'avc1.64001f',
    RESOLUTION: '64x36',
    'VIDEO-RANGE': 'SDR',
    URI: 'v1/v-key.m3u8',
  });
});

test('the target duration is rounded, not cut off, and never 0', () => {
  expect([4.4999, 4.5, 0.2].map((seconds) => targetDurationOf([seconds]))).toEqual([4, 5, 1]);
});

test('the peak rate is that of the dearest run of about a target duration', () => {
  const anySized = fc.record({
    bytes: fc.integer({ min: 1, max: 1e6 }),
    duration: fc.double({ min: 0.2, max: 6, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(anySized, { minLength: 1, maxLength: 12 }), (segments) => {
      const peak = peakRate(segments, 4);
      const runs = segments.flatMap((_, i) => segments.slice(i).map((__, j) => segments.slice(i, i + j + 1)));
      const rates = runs.flatMap((run) => {
        const seconds = run.reduce((sum, { duration }) => sum + duration, 0);
        const bits = run.reduce((sum, { bytes }) => sum + bytes * 8, 0);
        return seconds >= 2 && seconds <= 6 ? [bits / seconds] : [];
      });
      if (rates.length > 0) expect(peak).toBe(Math.ceil(Math.max(...rates)));
      else expect(peak).toBeGreaterThan(0);
    }),
  );
});

describe('the multivariant playlist', () => {
  const rungs = [
    made('v720', picture(1280, 720)),
    made('v360', picture(640, 360), { segments: segmentsOf([100_000, 50_000], 90_000) }),
  ];

  test('every playlist it names is written, and every group it asks for is there', () => {
    const text = [
      {
        id: 'text-de',
        lang: 'de',
        label: 'Deutsch',
        role: 'caption',
        file: 'captions/de.vtt',
        bytes: 9,
      } as const,
    ];
    const all = write({ video: setOf(rungs), audio: setOf([made('a', stereo)], 'en'), text });
    const main = all[MAIN];
    const named = [
      ...variantsOf(main).map(({ uri }) => uri),
      ...(main?.tags ?? []).flatMap(({ attributes }) => attributes['URI'] ?? []),
    ];
    const others = ['a.m3u8', 'text-de.m3u8', 'v360.m3u8', 'v720.m3u8'];
    expect(named.sort()).toEqual(others.map((name) => `v1/${name}`));
    expect(Object.keys(all).sort()).toEqual([...others, MAIN].sort());
    for (const variant of variantsOf(main)) {
      expect(mediaTags(main, 'AUDIO').map((tag) => tag['GROUP-ID'])).toContain(variant['AUDIO']);
      expect(mediaTags(main, 'SUBTITLES').map((tag) => tag['GROUP-ID'])).toContain(variant['SUBTITLES']);
    }
    expect(mediaTags(main, 'SUBTITLES')[0]).toMatchObject({ NAME: 'Deutsch', LANGUAGE: 'de', FORCED: 'NO' });
  });

  test('rates are those of picture and sound together', () => {
    const [first] = variantsOf(write({ video: setOf(rungs), audio: setOf([made('a', stereo)]) })[MAIN]);
    expect(first).toMatchObject({
      uri: 'v1/v720.m3u8',
      BANDWIDTH: '2000000',
      'AVERAGE-BANDWIDTH': '1500000',
      CODECS: 'avc1.64001f,mp4a.40.2',
      RESOLUTION: '1280x720',
      'FRAME-RATE': '24.000',
    });
  });

  test('players begin with a picture that most lines carry', () => {
    const dear = made('v1080', picture(1920, 1080), { segments: segmentsOf([3e6, 3e6], 90_000) });
    const order = variantsOf(write({ video: setOf([dear, ...rungs]), audio: [] })[MAIN]).map(
      ({ uri }) => uri,
    );
    expect(order).toEqual(['v1/v720.m3u8', 'v1/v1080.m3u8', 'v1/v360.m3u8']);
  });

  test('every way of coding is a group with the same voices, and small pictures get small sound', () => {
    const audio = [
      soundSet('en', [sound('en-hi', 'mp4a.40.2', 2, 64_000), sound('en-lo', 'mp4a.40.2', 2, 8_000)]),
      soundSet('en', [sound('en-51', 'mp4a.40.2', 6, 160_000)]),
      soundSet('de', [sound('de-hi', 'mp4a.40.2', 2, 64_000), sound('de-lo', 'mp4a.40.2', 2, 8_000)], 'dub'),
      soundSet('en', [sound('en-opus', 'opus', 2, 48_000)]),
    ];
    const main = write({ video: setOf(rungs), audio })[MAIN];
    const groups = mediaTags(main, 'AUDIO').map(
      (tag) => `${tag['GROUP-ID']} ${tag['NAME']} ${tag['CHANNELS']} ${tag['URI']}`,
    );
    expect(groups).toEqual([
      'mp4a-2-1 English 2 v1/en-hi.m3u8',
      'mp4a-2-1 Deutsch 2 v1/de-hi.m3u8',
      'mp4a-2-2 English 2 v1/en-lo.m3u8',
      'mp4a-2-2 Deutsch 2 v1/de-lo.m3u8',
      'mp4a-6 English 6 v1/en-51.m3u8',
      'mp4a-6 Deutsch 2 v1/de-hi.m3u8',
    ]);
    expect(variantsOf(main).map((variant) => `${variant['uri']} ${variant['AUDIO']}`)).toEqual([
      'v1/v720.m3u8 mp4a-2-1',
      'v1/v720.m3u8 mp4a-6',
      'v1/v360.m3u8 mp4a-2-2',
      'v1/v360.m3u8 mp4a-6',
    ]);
  });

  test('languages that differ in channels are one group, and each picture is listed once', () => {
    const audio = [
      soundSet('en', [sound('en-51', 'mp4a.40.2', 6, 160_000)]),
      soundSet('de', [sound('de', 'mp4a.40.2', 2, 64_000)], 'dub'),
    ];
    const listed = (video: readonly MediaSet[]) =>
      variantsOf(write({ video, audio })[MAIN]).map(({ uri }) => uri);
    expect(listed(setOf(rungs))).toEqual(['v1/v720.m3u8', 'v1/v360.m3u8']);
    expect(listed([])).toEqual(['v1/en-51.m3u8']);
  });

  test('sound alone has variants of its own', () => {
    const main = write({ video: [], audio: setOf([made('a', stereo)], 'en') })[MAIN];
    expect(variantsOf(main)).toEqual([
      {
        uri: 'v1/a.m3u8',
        BANDWIDTH: '1000000',
        'AVERAGE-BANDWIDTH': '750000',
        CODECS: 'mp4a.40.2',
        AUDIO: 'mp4a-2',
      },
    ]);
  });

  test('a picture without sound asks for none; odd frame rates are rounded as the standard says', () => {
    const film = made('v', picture(64, 36), { frameRate: ratio(30_000, 1001) });
    const [variant] = variantsOf(write({ video: setOf([film]), audio: [] })[MAIN]);
    expect(variant).toMatchObject({
      CODECS: 'avc1.64001f',
      'FRAME-RATE': '29.970',
      'CLOSED-CAPTIONS': 'NONE',
    });
    expect(variant?.['AUDIO']).toBeUndefined();
  });

  test('any label can stand in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (label) => {
        const audio = [{ ...soundSet('en', [made('a', stereo)]), label }];
        expect(mediaTags(write({ video: [], audio })[MAIN], 'AUDIO')).toHaveLength(1);
      }),
    );
  });
});
