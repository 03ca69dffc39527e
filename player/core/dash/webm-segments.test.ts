import { expect, test } from 'vitest';
import { type TestFile, webmFile } from '../webm/webm-for-tests.ts';
import { describeFile, readFile } from './indexed-file-for-tests.ts';

const cues = [
  { ticks: 0, size: 100 },
  { ticks: 2000, size: 50 },
  { ticks: 4500, size: 70 },
];

/** Seven seconds of `file`; segments as start, duration, first byte and size. */
function play({ bytes, cues: { first, last } }: TestFile, inside: string, attributes = '') {
  const base = `<SegmentBase indexRange="${first}-${last}" ${attributes}>${inside}</SegmentBase>`;
  const { segments, ...rest } = readFile(bytes, describeFile(base, 7, 'video/webm'));
  return {
    ...rest,
    segments: segments.map((segment) => [
      segment?.start,
      segment?.duration,
      segment?.range?.first,
      segment?.size,
    ]),
  };
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
