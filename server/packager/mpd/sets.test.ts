/** What stands in the MPD beside plain video and audio: both layouts, other codecs, captions, thumbnails; in the schema's order. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMpd } from '../../../player/core/dash/read-mpd.ts';
import { readXml } from '../../../player/core/dash/xml.ts';
import { childrenNamed, type XmlElement } from '../../../player/core/dash/xml-element.ts';
import { made, picture, segmentsOf, setOf, stereo } from '../made-for-tests.ts';
import { type MadePresentation, timingOf } from '../made-presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import { runsOf } from './segment-timeline.ts';
import { writeMpd } from './write-mpd.ts';

const inFiles = (id: string) =>
  ({ stored: { layout: 'files', folder: id, initialization: { bytes: 9, sha256: '' } } }) as const;

function coded(made: MadeRepresentation, codecs: string): MadeRepresentation {
  return { ...made, track: { ...made.track, codecs } };
}

const everything: Omit<MadePresentation, 'title' | 'duration' | 'minBufferTime'> = {
  video: [
    ...setOf([made('v', picture(1280, 720)), made('w', picture(640, 360))]),
    ...setOf([coded(made('v-av1', picture(1280, 720)), 'av01.0.05M.08')]),
  ],
  audio: [
    { lang: 'en', role: 'main', representations: [made('a', stereo)] },
    { lang: 'en', role: 'main', representations: [coded(made('o', stereo), 'opus')] },
    {
      lang: 'en',
      role: 'main',
      label: 'English 5.1',
      representations: [made('s', { ...stereo, channels: 6 })],
    },
    { lang: 'de', role: 'dub', representations: [made('d', { ...stereo, channels: 8 })] },
  ],
  text: [
    { id: 't', lang: 'de', label: 'Deutsch (CC)', role: 'caption', file: 'captions/de-cc.vtt', bytes: 1000 },
    {
      id: 'f',
      lang: 'de',
      label: 'Deutsch (forced)',
      role: 'subtitle',
      isForced: true,
      file: 'captions/f.vtt',
      bytes: 10,
    },
  ],
  thumbnails: {
    ...{ id: 'thumbs', folder: 'thumbs', index: 'thumbs.vtt', columns: 5, rows: 2, width: 160, height: 90 },
    ...{ interval: 1.001, count: 8, bytes: [20_000] },
  },
};

function write(changes: Partial<MadePresentation> = {}): string {
  const sets = { ...everything, ...changes };
  return writeMpd({ title: 'A film', ...timingOf(sets), ...sets }, 'v1');
}

function setsIn(mpd: string): XmlElement[] {
  return childrenNamed(readXml(mpd), 'Period').flatMap((period) => childrenNamed(period, 'AdaptationSet'));
}

/** ISO/IEC 23009-1: children in the order of their types in the schema, those of a base type first. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  MPD: ['ProgramInformation', 'BaseURL', 'Period'],
  Period: ['AdaptationSet'],
  AdaptationSet: [
    'EssentialProperty',
    'SupplementalProperty',
    'Label',
    'Role',
    'BaseURL',
    'SegmentTemplate',
    'Representation',
  ],
  Representation: [
    'AudioChannelConfiguration',
    'EssentialProperty',
    'SupplementalProperty',
    'BaseURL',
    'SegmentBase',
    'SegmentTemplate',
  ],
  SegmentTemplate: ['SegmentTimeline'],
};

/** Names of children by their first appearance. */
function misplaced(element: XmlElement): string[] {
  const order = ORDER[element.name] ?? [];
  const names = [...element.children.keys()];
  const sorted = order.filter((name) => names.includes(name));
  const isRight = order.length === 0 || names.join() === sorted.join();
  const own = isRight ? [] : [`${element.name}: ${names}`];
  return [...own, ...[...element.children.values()].flat().flatMap(misplaced)];
}

test('every element stands where the schema wants it', () => {
  expect(misplaced(readXml(write()))).toEqual([]);
  const files = {
    video: setOf([made('v', picture(64, 36), inFiles('v'))]),
    audio: setOf([made('a', stereo, inFiles('a'))]),
  };
  expect(misplaced(readXml(write(files)))).toEqual([]);
});

test('pictures of one content in other codecs name each other; sounds do not, as their segments begin at other times', () => {
  const named = setsIn(write()).map((set) => [
    set.attributes.get('id'),
    childrenNamed(set, 'SupplementalProperty')[0]?.attributes.get('value'),
  ]);
  expect(named).toEqual([
    ['0', '1'],
    ['1', '0'],
    ...['2', '3', '4', '5', '6', '7', '8'].map((id) => [id, undefined]),
  ]);
});

test('channels are told by their configuration: 2 is 2, 5.1 is 6, 7.1 is 12', () => {
  const values = [...write().matchAll(/channel_configuration:2011" value="(\d+)"/g)].map(
    ([, value]) => value,
  );
  expect(values).toEqual(['2', '2', '6', '12']);
});

test('the start descriptor covers initialization, index and first segment', () => {
  expect(write()).toContain(
    `<SupplementalProperty schemeIdUri="urn:weir:start:2026" value="0-${700 + 56 + 500_000 - 1}"/>`,
  );
});

test('captions and thumbnails are read back by a player', () => {
  const { periods } = readMpd(write(), 'https://a.test/m/manifest.mpd');
  const [cc, forced, thumbnails] = periods[0]?.adaptationSets.slice(-3) ?? [];
  expect(cc).toMatchObject({ contentType: 'text', lang: 'de', label: 'Deutsch (CC)', roles: ['caption'] });
  expect(forced?.roles).toEqual(['subtitle', 'forced-subtitle']);
  expect(cc?.representations[0]).toMatchObject({ mimeType: 'text/vtt', bandwidth: 1000 });
  const captions = cc?.representations[0]?.addressing;
  if (captions?.kind !== 'list') throw new Error('Captions are a list of one file.');
  expect(captions.segments.at(0)).toMatchObject({
    urls: ['https://a.test/m/v1/captions/de-cc.vtt'],
    duration: 8,
  });
  const grid = thumbnails?.representations[0];
  expect(grid).toMatchObject({ width: 800, height: 180, bandwidth: Math.ceil((20_000 * 8) / 10.01) });
  if (grid?.addressing.kind !== 'list') throw new Error('Thumbnails are a list of files.');
  expect(grid.addressing.segments.count).toBe(1);
  expect(grid.addressing.segments.at(0)?.urls).toEqual(['https://a.test/m/v1/thumbs/1.jpg']);
  expect(write()).toContain('timescale="1000" duration="10010"');
});

describe('a file for each segment', () => {
  const mpd = write({
    video: setOf([made('v', picture(64, 36), inFiles('v'))]),
    audio: setOf([made('a', stereo, inFiles('a'))]),
  });

  test('has the live profile and its own words for alignment', () => {
    expect(mpd).toContain('profiles="urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019"');
    expect(mpd).toContain('maxSegmentDuration="PT4S"');
    expect(mpd).toContain('segmentAlignment="true" startWithSAP="1"');
    expect(mpd).not.toMatch(/subsegment|indexRange|urn:weir:start/i);
  });

  test('is found by number, from 1, at the times of the boxes', () => {
    const [video, audio] = readMpd(mpd, 'https://a.test/m/manifest.mpd').periods[0]?.adaptationSets ?? [];
    const list = video?.representations[0]?.addressing;
    if (list?.kind !== 'list') throw new Error('It is no list.');
    expect([list.segments.at(0), list.segments.at(1)]).toMatchObject([
      { urls: ['https://a.test/m/v1/v/1.m4s'], start: 0, duration: 4 },
      { urls: ['https://a.test/m/v1/v/2.m4s'], start: 4, duration: 4 },
    ]);
    expect(video?.representations[0]?.initialization?.urls).toEqual(['https://a.test/m/v1/v/init.mp4']);
    const sounds = audio?.representations[0]?.addressing;
    if (sounds?.kind !== 'list') throw new Error('It is no list.');
    expect(sounds.segments.at(1)?.start).toBeCloseTo(4 - 1024 / 48_000, 9);
  });
});

test('a timeline says exactly when each segment is, in as few runs as can be', () => {
  const anyDurations = fc.array(fc.constantFrom(90_000, 90_001, 45_000), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(anyDurations, fc.nat(3), (durations, gapAt) => {
      let startTicks = 0;
      const segments = durations.map((durationTicks, i) => {
        startTicks += i === gapAt ? 7 : 0;
        startTicks += durationTicks;
        return { startTicks: startTicks - durationTicks, durationTicks };
      });
      const runs = runsOf(segments);
      const told = runs.flatMap(({ start, duration, repeats }) =>
        Array.from({ length: repeats + 1 }, (_, i) => ({
          startTicks: start + i * duration,
          durationTicks: duration,
        })),
      );
      expect(told).toEqual(segments);
      for (const [i, run] of runs.slice(1).entries()) {
        const before = runs[i];
        const isMergeable =
          before &&
          before.duration === run.duration &&
          before.start + before.duration * (before.repeats + 1) === run.start;
        expect(isMergeable).toBe(false);
      }
    }),
  );
});

test('any title and any label can stand in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (words) => {
      const audio = [
        { lang: 'en', role: 'main' as const, label: words, representations: [made('a', stereo)] },
      ];
      const mpd = write({ title: words, audio });
      expect(readMpd(mpd, 'https://a.test/').periods).toHaveLength(1);
    }),
  );
});

test('a segment that is longer than all others is the longest promised', () => {
  const [first, second] = segmentsOf([1, 1], 90_000);
  const long = second && { ...second, durationTicks: 500_000, endTicks: 860_000 };
  const film = made('v', picture(64, 36), { segments: first && long ? [first, long] : [] });
  expect(write({ video: setOf([film]), audio: [] })).toContain('maxSubsegmentDuration="PT5.555556S"');
});
