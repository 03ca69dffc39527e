/** Reading an initialization: what it says is read, and what is missing or cut off is named. */
import { expect, test } from 'vitest';
import { StreamingError } from '../errors.ts';
import { editBoxes } from './edit-boxes.ts';
import { readTrack } from './initialization.ts';
import { writeInitialization } from './track-for-tests.ts';
import { joinBytes, latin1, uint32, writeBox } from './write-box.ts';

test('a video track says its clock, codecs, size and defaults', () => {
  const bytes = writeInitialization({ kind: 'video', id: 7, timescale: 30_000, defaults: [1001, 0x1_0000] });
  expect(readTrack(bytes)).toEqual({
    id: 7,
    timescale: 30_000,
    codecs: 'avc1.64001f',
    skipTicks: 0,
    defaults: { durationTicks: 1001, flags: 0x1_0000 },
    media: { kind: 'video', width: 1280, height: 720 },
  });
});

test('an audio track says its channels and rate, and how much its edit list skips', () => {
  const track = readTrack(writeInitialization({ kind: 'audio', timescale: 48_000, mediaTime: 1024 }));
  expect(track.codecs).toBe('mp4a.40.2');
  expect(track.skipTicks).toBe(1024);
  expect(track.media).toEqual({ kind: 'audio', channels: 2, samplingRate: 48_000 });
});

test('an edit list that delays the track is not taken for one that skips', () => {
  const bytes = writeInitialization({ kind: 'audio', mediaTime: 0xffff_ffff });
  expect(() => readTrack(bytes)).toThrow(/more than skip/);
});

test('two tracks are refused', () => {
  const trak = writeBox('trak');
  expect(() => readTrack(writeBox('moov', trak, trak))).toThrow('There are 2 tracks where one is expected.');
});

test('an unknown sample entry is named', () => {
  const bytes = editBoxes(writeInitialization({ kind: 'video' }), {
    'moov/trak/mdia/minf/stbl/stsd': () =>
      joinBytes([uint32(0, 1), writeBox('abcd', latin1('x'.repeat(80)))]),
  });
  expect(() => readTrack(bytes)).toThrow('The codecs string of sample entry "abcd" is not known.');
});

test.each(['video', 'audio'] as const)(
  'a %s initialization cut off anywhere gives an error with a code',
  (kind) => {
    const whole = writeInitialization({ kind, mediaTime: 0 });
    for (let length = 0; length < whole.byteLength; length++) {
      const outcome = attempt(() => readTrack(whole.slice(0, length)));
      expect(outcome, `${length} bytes`).toBeInstanceOf(StreamingError);
    }
  },
);

function attempt(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
