/** The filter graph: only what an input needs, each rung from the one above, sound and picture of one length. */
import { expect, test } from 'vitest';
import { toBt709 } from './colour-conversion.ts';
import { writeFilterGraph } from './filter-graph.ts';
import { audioStream, TIDY_COLOUR, videoStream } from './input-for-tests.ts';
import type { AudioStream, Colour, VideoStream } from './input-info.ts';
import type { Rung } from './ladder.ts';

const video = videoStream();
const audio = audioStream();
const rungs: Rung[] = [
  { id: 'a', codec: 'h264', width: 1280, height: 720, rate: { kind: 'cbr', rate: 1 } },
  { id: 'b', codec: 'h264', width: 640, height: 360, rate: { kind: 'cbr', rate: 1 } },
];

const graphOf = (v: VideoStream | undefined, a: readonly AudioStream[], toneMap = true) =>
  writeFilterGraph({ audio: a, ...(v ? { video: v } : {}) }, v ? rungs : [], toneMap);

test('each rung is scaled from the one above, and the last feeds nobody', () => {
  const { text, videoPads, audioPads } = graphOf(video, [audio]);
  expect(text).toContain('split=2[v0][s1];[s1]scale=640:360:flags=bicubic,setsar=1[v1];[0:1]');
  expect([videoPads, audioPads]).toEqual([['[v0]', '[v1]'], ['[a0]']]);
});

test('sound that ends early is filled up to the end of the picture', () => {
  expect(graphOf(video, [{ ...audio, end: 8 }]).text).toContain('apad=whole_len=480000[a0]');
  expect(graphOf(undefined, [audio]).text).not.toContain('apad');
});

test('a picture that ends early is held, but not for less than a frame, nor on a guess', () => {
  expect(graphOf(video, [{ ...audio, end: 12 }])).toMatchObject({ heldSeconds: 2 });
  expect(graphOf(video, [{ ...audio, end: 12 }]).text).toContain(
    'tpad=stop_mode=clone:stop_duration=2.000000',
  );
  expect(graphOf(video, [{ ...audio, end: 10.06 }]).text).toContain('tpad');
  expect(graphOf(video, [{ ...audio, end: 10.04 }]).text).not.toContain('tpad');
  const { end: _, ...endless } = video;
  expect(graphOf(endless, [{ ...audio, end: 12 }]).text).not.toContain('tpad');
});

test('only interlaced pictures are deinterlaced', () => {
  expect(graphOf(video, []).text).not.toContain('bwdif');
  expect(graphOf({ ...video, isInterlaced: true }, []).text).toContain('[0:0]bwdif=');
});

const size = { width: 640, height: 360 };
const scaleOf = (changes: Partial<Colour>) => toBt709({ ...TIDY_COLOUR, ...changes }, size, true)[0];

test('colours are calculated, not only named', () => {
  expect(scaleOf({})).toBe('scale=640:360:flags=bicubic');
  expect(scaleOf({ matrix: 'smpte170m' })).toContain('out_color_matrix=bt709:in_color_matrix=smpte170m');
  expect(scaleOf({ matrix: '' })).toContain('in_color_matrix=bt601');
  expect(scaleOf({ isFullRange: true })).toContain('out_range=tv');
  expect(scaleOf({ isRgb: true })).toMatch(/out_color_matrix=bt709:out_range=tv$/);
});

test('HDR is tone-mapped where ffmpeg can, and converted without where it cannot', () => {
  const hdr = { ...TIDY_COLOUR, transfer: 'smpte2084' };
  expect(toBt709(hdr, size, true).join(',')).toContain('tonemap');
  expect(toBt709(hdr, size, false).join(',')).not.toContain('zscale');
});
