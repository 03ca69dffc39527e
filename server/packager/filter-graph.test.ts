/** The filter graph: only what an input needs, each rung from the one above, sound and picture of one length. */
import { expect, test } from 'vitest';
import { writeFilterGraph } from './filter-graph.ts';
import { audioStream, videoStream } from './input-for-tests.ts';
import type { AudioStream, VideoStream } from './input-info.ts';
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
