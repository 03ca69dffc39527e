import { expect, test } from 'vitest';
import { type TestFile, webmFile } from '../webm/webm-for-tests.ts';
import type { PlacedBytes } from './index-reading.ts';
import { segmentsFromIndex } from './indexed-segments.ts';
import { readMpd } from './read-mpd.ts';

const cues = [
  { ticks: 0, size: 100 },
  { ticks: 2000, size: 50 },
  { ticks: 4500, size: 70 },
];

function play({ bytes, cues: { first, last } }: TestFile, inside: string, attributes = '') {
  const base = `<SegmentBase indexRange="${first}-${last}" ${attributes}>${inside}</SegmentBase>`;
  const mpd = `<MPD mediaPresentationDuration="PT7S"><Period><AdaptationSet mimeType="video/webm">
    <Representation id="v" bandwidth="1"><BaseURL>v.webm</BaseURL>${base}</Representation></AdaptationSet></Period></MPD>`;
  const [period] = readMpd(mpd, 'https://a.test/m.mpd').periods;
  const [representation] = period?.adaptationSets[0]?.representations ?? [];
  if (!period || !representation) throw new Error('The MPD of this test has no representation.');
  const fetched: PlacedBytes[] = [];
  const asked: string[] = [];
  for (;;) {
    const reading = segmentsFromIndex(representation, period, fetched);
    if (reading.kind === 'read') {
      const { segments, initialization } = reading;
      const all = Array.from({ length: segments.count }, (_, position) => {
        const segment = segments.at(position);
        return [segment?.start, segment?.duration, segment?.range?.first, segment?.size];
      });
      return { segments: all, initialization, asked };
    }
    for (const range of reading.ranges) {
      asked.push(`${range.first}-${range.last}`);
      fetched.push({ first: range.first, bytes: bytes.slice(range.first, range.last + 1) });
    }
  }
}

test('head and Cues are asked for together; a segment lies between two cues', () => {
  const file = webmFile(cues, 'front', 6000);
  const { first, last } = file.cues;
  const { segments, initialization, asked } = play(file, `<Initialization range="0-${first - 1}"/>`);
  expect(asked).toEqual([`0-${first - 1}`, `${first}-${last}`]);
  expect(initialization?.range).toEqual({ first: 0, last: first - 1 });
  expect(segments).toEqual([
    [0, 2, file.clusters[0], 100],
    [2, 2.5, file.clusters[1], 50],
    [4.5, 1.5, file.clusters[2], 70],
  ]);
});

test('Cues behind the clusters end the last one, and a period ends a file of unknown duration', () => {
  const file = webmFile(cues, 'end');
  const { segments, initialization, asked } = play(file, '');
  expect(asked[0]).toBe('0-4095');
  expect(initialization?.range).toEqual({ first: 0, last: (file.clusters[0] ?? 0) - 1 });
  expect(segments.at(-1)).toEqual([4.5, 2.5, file.clusters[2], 70]);
});

test('the offset of the presentation moves the segments', () => {
  const { segments } = play(
    webmFile(cues, 'front', 6000),
    '',
    'timescale="1000" presentationTimeOffset="1500"',
  );
  expect(segments.map(([start]) => start)).toEqual([-1.5, 0.5, 3]);
});

test('a file that was recorded live does not say where it ends', () => {
  const file = webmFile(cues, 'front', 6000);
  const bytes = file.bytes.slice();
  const size = bytes.findIndex((byte, i) => byte === 0x67 && bytes[i - 1] === 0x80) + 1;
  bytes.fill(0xff, size + 1, size + 8);
  expect(() => play({ ...file, bytes }, '')).toThrow('does not say where its last cluster ends');
});
