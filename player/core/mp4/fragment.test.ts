/** Reading a fragment: times come from its samples, wherever the format allows them to stand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StreamingError } from '../errors.ts';
import { readFragment } from './fragment.ts';
import { readTrack } from './initialization.ts';
import { writeInitialization } from './track-for-tests.ts';
import { joinBytes, uint32, writeBox } from './write-box.ts';

const NON_SYNC = 0x1_0000;
const track = readTrack(writeInitialization({ kind: 'video', defaults: [3750, NON_SYNC] }));

interface Sketch {
  readonly start: number;
  readonly samples: readonly { readonly duration: number; readonly offset: number }[];
  readonly trackId?: number;
  readonly headerFlags?: number;
}

/** One `trun` of version 1 with a duration and composition offset for each sample; the first is a sync sample. */
function writeFragment({ start, samples, trackId = 1, headerFlags = 0x02_0000 }: Sketch): Uint8Array {
  const run = samples.flatMap(({ duration, offset }) => [duration, offset >>> 0]);
  return writeBox(
    'moof',
    writeBox('mfhd', uint32(0, 1)),
    writeBox(
      'traf',
      writeBox('tfhd', uint32(headerFlags, trackId)),
      writeBox('tfdt', uint32(0x0100_0000, 0, start)),
      writeBox('trun', uint32(0x0100_0000 | 0x100 | 0x800 | 0x4, samples.length, 0, ...run)),
    ),
  );
}

const samples = fc.array(
  fc.record({ duration: fc.integer({ min: 1, max: 9000 }), offset: fc.integer({ min: -9000, max: 9000 }) }),
  { minLength: 1, maxLength: 20 },
);

test('start, duration, earliest and latest time are those of the samples', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), samples, (start, list) => {
      const decodeTimes = list.map((_, i) =>
        list.slice(0, i).reduce((sum, { duration }) => sum + duration, start),
      );
      const shown = list.map(({ offset }, i) => (decodeTimes[i] ?? 0) + offset);
      expect(readFragment(writeFragment({ start, samples: list }), track)).toEqual({
        startTicks: start,
        durationTicks: list.reduce((sum, { duration }) => sum + duration, 0),
        earliestTicks: Math.min(...shown),
        endTicks: Math.max(...shown.map((time, i) => time + (list[i]?.duration ?? 0))),
        startsWithSync: true,
        samples: list.length,
      });
    }),
  );
});

test('samples that say nothing have the defaults of the track', () => {
  const moof = writeBox(
    'moof',
    writeBox(
      'traf',
      writeBox('tfhd', uint32(0x02_0000, 1)),
      writeBox('tfdt', uint32(0, 7)),
      writeBox('trun', uint32(0, 4)),
    ),
  );
  expect(readFragment(moof, track)).toMatchObject({
    startTicks: 7,
    durationTicks: 4 * 3750,
    startsWithSync: false,
  });
});

test('runs follow one another', () => {
  const run = writeBox('trun', uint32(0x100, 1, 500));
  const header = joinBytes([writeBox('tfhd', uint32(0x02_0000, 1)), writeBox('tfdt', uint32(0, 0))]);
  const moof = writeBox('moof', writeBox('traf', header, run, run));
  expect(readFragment(moof, track)).toMatchObject({ durationTicks: 1000, samples: 2 });
});

const one = [{ duration: 1, offset: 0 }];

test.each([
  ['of another track', writeFragment({ start: 0, samples: one, trackId: 2 }), 'belongs to track 2'],
  ['tied to its place', writeFragment({ start: 0, samples: one, headerFlags: 0 }), 'tied to its place'],
  ['without samples', writeFragment({ start: 0, samples: [] }), 'has no samples'],
])('a fragment %s is refused', (_, moof, message) => {
  expect(() => readFragment(moof, track)).toThrow(message);
});

test('a count without samples behind it is refused before a list of that length is made', () => {
  const moof = writeFragment({ start: 0, samples: one });
  new DataView(moof.buffer).setUint32(moof.byteLength - 16, 0xffff_fff0);
  expect(() => readFragment(moof, track)).toThrow('announces 4294967280 samples');
});

test('a fragment cut off anywhere gives an error with a code', () => {
  const whole = writeFragment({ start: 5, samples: [...one, ...one] });
  for (let length = 0; length < whole.byteLength; length++) {
    expect(() => readFragment(whole.slice(0, length), track), `${length} bytes`).toThrow(StreamingError);
  }
});
