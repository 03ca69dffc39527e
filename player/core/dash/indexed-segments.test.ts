import { expect, test } from 'vitest';
import { box, describeFile, type Entry, joined, readFile, sidx } from './indexed-file-for-tests.ts';
import { segmentsFromIndex } from './indexed-segments.ts';
import type { Addressing, Segment } from './presentation.ts';

const play = (file: Uint8Array, segmentBase: string, seconds = 60) =>
  readFile(file, describeFile(segmentBase, seconds));

const rangesOf = (segments: readonly (Segment | undefined)[]) =>
  segments.map((segment) => `${segment?.range?.first}-${segment?.range?.last}`);

const three: readonly Entry[] = [
  { size: 100, ticks: 2000 },
  { size: 200, ticks: 2000 },
  { size: 50, ticks: 1000 },
];
const head = joined(box('ftyp', 20), box('moov', 80));
const flat = joined(head, sidx(three), box('moof', 350));
const indexEnd = 100 + sidx(three).byteLength;

test('an index where the MPD says: one request, segments one behind the other', () => {
  const { segments, initialization, asked } = play(
    flat,
    `<SegmentBase indexRange="100-${indexEnd - 1}"><Initialization range="0-99"/></SegmentBase>`,
  );
  expect(asked).toEqual([`100-${indexEnd - 1}`]);
  expect(initialization?.range).toEqual({ first: 0, last: 99 });
  expect(segments).toEqual([
    {
      urls: ['https://a.test/v'],
      range: { first: indexEnd, last: indexEnd + 99 },
      size: 100,
      start: 0,
      duration: 2,
    },
    {
      urls: ['https://a.test/v'],
      range: { first: indexEnd + 100, last: indexEnd + 299 },
      size: 200,
      start: 2,
      duration: 2,
    },
    {
      urls: ['https://a.test/v'],
      range: { first: indexEnd + 300, last: indexEnd + 349 },
      size: 50,
      start: 4,
      duration: 1,
    },
  ]);
});

test('initialization and index fetched in one piece are enough', () => {
  const { representation, period } = describeFile(`<SegmentBase indexRange="100-${indexEnd - 1}"/>`);
  const reading = segmentsFromIndex(representation, period, [{ first: 0, bytes: flat.slice(0, indexEnd) }]);
  expect(reading).toMatchObject({
    kind: 'read',
    segments: { count: 3 },
    initialization: { range: { first: 0, last: 99 } },
  });
});

test('an index that the MPD keeps quiet about is found behind the initialization', () => {
  const { segments, initialization, asked } = play(flat, '');
  expect(asked).toEqual(['0-8191']);
  expect(initialization?.range).toEqual({ first: 0, last: 99 });
  expect(rangesOf(segments)[0]).toBe(`${indexEnd}-${indexEnd + 99}`);
});

test('a large moov is stepped over, and a long index is fetched whole', () => {
  const many = Array.from({ length: 1000 }, () => ({ size: 10, ticks: 100 }));
  const index = sidx(many);
  const file = joined(box('ftyp', 20), box('moov', 10_000), index, box('moof', 10_000));
  const { segments, asked } = play(file, '', 100);
  expect(asked).toEqual(['0-8191', '10020-18211', `10020-${10_019 + index.byteLength}`]);
  expect(segments).toHaveLength(1000);
});

test('an index range that is too short is mended', () => {
  const { segments, asked } = play(flat, '<SegmentBase indexRange="100-110"/>');
  expect(asked).toEqual(['100-110', `100-${indexEnd - 1}`]);
  expect(segments).toHaveLength(3);
});

test('an index of indexes: the nested ones are fetched at once, each with its first look only', () => {
  const parts = [three, three.map(({ size, ticks }) => ({ size: size * 100, ticks }))];
  const nested = parts.map((part, i) => sidx(part, i * 5000));
  const sizes = parts.map(
    (part, i) => (nested[i]?.byteLength ?? 0) + part.reduce((sum, { size }) => sum + size, 0),
  );
  const root = sidx(sizes.map((size) => ({ type: 'index', size, ticks: 5000 })));
  const file = joined(
    head,
    root,
    ...parts.flatMap((part, i) => [
      nested[i] ?? new Uint8Array(),
      ...part.map(({ size }) => box('moof', size)),
    ]),
  );
  const firsts = [100 + root.byteLength, 100 + root.byteLength + (sizes[0] ?? 0)];
  const { segments, asked } = play(file, `<SegmentBase indexRange="100-${99 + root.byteLength}"/>`);
  expect(asked).toEqual([
    `100-${99 + root.byteLength}`,
    `${firsts[0]}-${(firsts[1] ?? 0) - 1}`,
    `${firsts[1]}-${(firsts[1] ?? 0) + 8191}`,
  ]);
  expect(segments.map((segment) => segment?.start)).toEqual([0, 2, 4, 5, 7, 9]);
  for (const segment of segments) {
    const { first = 0, last = 0 } = segment?.range ?? {};
    expect(String.fromCharCode(...file.slice(first + 4, first + 8))).toBe('moof');
    expect(new DataView(file.buffer).getUint32(first)).toBe(last - first + 1);
  }
});

test('an offset of the presentation moves the segments, and the period cuts them', () => {
  const file = joined(head, sidx(three, 12_000), box('moof', 350));
  const base = `<SegmentBase timescale="10" presentationTimeOffset="130" indexRange="100-${indexEnd - 1}"/>`;
  const { segments } = play(file, base, 3);
  expect(segments.map((segment) => segment?.start)).toEqual([-1, 1]);
});

test('an index in a file of its own counts from the first byte of the media', () => {
  const { representation, period } = describeFile(
    '<SegmentBase><RepresentationIndex sourceURL="v.sidx"/><Initialization sourceURL="i.mp4"/></SegmentBase>',
  );
  const addressing = representation.addressing as Extract<Addressing, { kind: 'index' }>;
  expect(addressing.index.urls).toEqual(['https://a.test/v.sidx']);
  const reading = segmentsFromIndex(representation, period, [{ first: 0, bytes: sidx(three) }]);
  expect(reading.kind === 'read' && rangesOf([reading.segments.at(0)])).toEqual(['0-99']);
  expect(reading.kind === 'read' && reading.initialization?.urls).toEqual(['https://a.test/i.mp4']);
});

test('bytes between index and media are stepped over', () => {
  const file = joined(head, sidx(three, 0, 30), box('free', 30), box('moof', 350));
  const { segments } = play(file, `<SegmentBase indexRange="100-${indexEnd - 1}"/>`);
  expect(rangesOf(segments)[0]).toBe(`${indexEnd + 30}-${indexEnd + 129}`);
});

test('a file of fragments without any index is one segment', () => {
  const { segments, initialization } = play(joined(head, box('moof', 100)), '');
  expect(segments).toEqual([{ urls: ['https://a.test/v'], start: 0, duration: 60 }]);
  expect(initialization).toBeUndefined();
});

test('a reference without bytes takes time and is no segment', () => {
  const entries = [
    { size: 100, ticks: 2000 },
    { size: 0, ticks: 3000 },
    { size: 50, ticks: 1000 },
  ];
  const { segments } = play(
    joined(head, sidx(entries), box('moof', 150)),
    `<SegmentBase indexRange="100-${indexEnd - 1}"/>`,
  );
  expect(segments.map((segment) => [segment?.start, segment?.size])).toEqual([
    [0, 100],
    [5, 50],
  ]);
});

test('an index that two others refer to would multiply its segments, and is refused', () => {
  const leaf = sidx([{ size: 100, ticks: 1000 }]);
  const size = leaf.byteLength;
  const toLeaf = sidx([{ type: 'index', size, ticks: 1000 }]);
  const root = sidx([
    { type: 'index', size: toLeaf.byteLength, ticks: 1000 },
    { type: 'index', size, ticks: 1000 },
  ]);
  const file = joined(head, root, toLeaf, leaf, box('moof', 100));
  expect(() => play(file, `<SegmentBase indexRange="100-${99 + root.byteLength}"/>`)).toThrow(
    'referred to twice',
  );
});

const looping = sidx([{ type: 'index', size: 0, ticks: 1 }]);
const announced = `<SegmentBase indexRange="100-${99 + looping.byteLength}"/>`;
test.each([
  [
    'no index where one is announced',
    joined(head, box('moof', 100)),
    '<SegmentBase indexRange="100-199"/>',
    'no segment index',
  ],
  [
    'the file ends in its index',
    flat.slice(0, 120),
    `<SegmentBase indexRange="100-${indexEnd - 1}"/>`,
    'ends inside the box at byte 100',
  ],
  ['the file ends before its index', head, '', 'ends inside the box at byte 100'],
  ['the file is empty', new Uint8Array(), '', 'ends inside the box at byte 0'],
  ['a nested index of no size', joined(head, looping), announced, 'no segment index'],
  [
    'a nested index that is none',
    joined(head, sidx([{ type: 'index', size: 100, ticks: 1 }]), box('moof', 100)),
    announced,
    'no segment index',
  ],
  ['boxes that are none', new Uint8Array(9000).fill(1), '', 'ends inside'],
])('%s', (_, file, segmentBase, sentence) => {
  expect(() => play(file, segmentBase)).toThrow(sentence);
});
