import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCues, readWebmHead } from './cues.ts';
import { type TestFile, webmFile } from './webm-for-tests.ts';

const cues = [
  { ticks: 0, size: 100 },
  { ticks: 2000, size: 50 },
  { ticks: 4500, size: 70 },
];

const cuesOf = ({ bytes, cues: { first, last } }: TestFile) =>
  readCues(bytes.slice(first, last + 1), readWebmHead(bytes.slice(0, 100)));

test('each cue points at its cluster', () => {
  const cue = fc.record({
    ticks: fc.integer({ min: 0, max: 1_000_000 }),
    size: fc.integer({ min: 12, max: 500 }),
  });
  fc.assert(
    fc.property(
      fc.array(cue, { minLength: 1, maxLength: 20 }),
      fc.constantFrom('front' as const, 'end' as const),
      (list, at) => {
        const file = webmFile(list, at);
        const read = cuesOf(file);
        expect(read).toEqual(
          list.map(({ ticks }, i) => ({ time: ticks / 1000, position: file.clusters[i] })),
        );
        for (const { position } of read)
          expect(file.bytes.slice(position, position + 2)).toEqual(Uint8Array.of(0x1f, 0x43));
      },
    ),
  );
});

test('the head tells ticks, duration and where the file ends', () => {
  const { bytes } = webmFile(cues, 'front', 6000);
  expect(readWebmHead(bytes)).toMatchObject({ timescale: 1000, duration: 6, end: bytes.byteLength });
  expect(readWebmHead(webmFile(cues, 'front').bytes).duration).toBeUndefined();
});

test('several cues into one cluster count once', () => {
  const file = webmFile(
    [
      { ticks: 0, size: 100 },
      { ticks: 2000, size: 0 },
      { ticks: 4500, size: 70 },
    ],
    'front',
  );
  expect(cuesOf(file).map(({ time }) => time)).toEqual([0, 2]);
});

test('what is cut off, or something else, is told', () => {
  const { bytes, cues: range } = webmFile(cues, 'front');
  const head = readWebmHead(bytes);
  expect(() => readWebmHead(bytes.slice(0, 40))).toThrow('no complete Info');
  expect(() => readWebmHead(new Uint8Array())).toThrow('no complete Info');
  expect(() => readCues(bytes.slice(range.first, range.last), head)).toThrow('no complete WebM Cues');
  expect(() => readCues(bytes.slice(range.last + 1), head)).toThrow('no complete WebM Cues');
  expect(() => readCues(new Uint8Array(40), head)).toThrow('no WebM element');
});
