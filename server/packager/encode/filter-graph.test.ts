/** The filter graphs: only what an input needs, each rung from the one above, one decoding of each sound. */
import { expect, test } from 'vitest';
import { audioStream, videoStream } from '../input/input-for-tests.ts';
import type { AudioRendition } from '../ladder/audio-ladder.ts';
import type { Rung } from '../ladder/ladder.ts';
import { type VideoGraphRequest, writeAudioGraph, writeVideoGraph } from './filter-graph.ts';

const rungOf = (id: string, codec: Rung['codec'], width: number, height: number): Rung => ({
  id,
  codec,
  width,
  height,
  rate: { kind: 'cbr', rate: 1 },
});

const rungs = [rungOf('a', 'h264', 1280, 720), rungOf('b', 'h264', 640, 360)];

const graphOf = (changes: Partial<VideoGraphRequest> = {}) =>
  writeVideoGraph({
    video: videoStream(),
    rungs,
    chunk: { number: 0, startFrame: 0 },
    canConvertLight: true,
    hasZscale: false,
    heldFrames: 0,
    ...changes,
  });

test('each rung is scaled from the one above, and the last feeds nobody', () => {
  const { text, pads } = graphOf();
  expect(text).toMatch(/split=2\[v0\]\[s1\];\[s1\]scale=640:360:flags=bicubic,setsar=1\[v1\]$/);
  expect(pads).toEqual(['[v0]', '[v1]']);
});

test('zscale does the same for less, where there is one', () => {
  expect(graphOf({ hasZscale: true }).text).toMatch(
    /\[s1\]zscale=w=640:h=360:f=bicubic:[^,]*,setsar=1\[v1\]$/,
  );
});

test('encoders of one size share their frames', () => {
  const both = rungs.flatMap((rung) => [rung, { ...rung, id: `${rung.id}-av1`, codec: 'av1' as const }]);
  const { text, pads } = graphOf({ rungs: both });
  expect(text).toMatch(
    /split=3\[v0\]\[v1\]\[s2\];\[s2\]scale=640:360:flags=bicubic,setsar=1,split=2\[v2\]\[v3\]$/,
  );
  expect(text.match(/scale=/g)).toHaveLength(2);
  expect(pads).toEqual(['[v0]', '[v1]', '[v2]', '[v3]']);
});

test('a film in one piece is not cut; a chunk sees one frame on either side, for the seams', () => {
  expect(graphOf().text).not.toContain('trim');
  expect(graphOf().text).toContain('fps=24:start_time=0,');
  const { text } = graphOf({ chunk: { number: 1, startFrame: 96, frames: 48 } });
  expect(text).toContain('fps=24,trim=start_pts=95:end_pts=145,setpts=PTS-95,split');
  expect(text).toContain('[m]trim=start_pts=1:end_pts=49,setpts=PTS-1,');
  const last = graphOf({ chunk: { number: 2, startFrame: 144 } });
  expect(last.text).toContain('fps=24,trim=start_pts=143,setpts=PTS-143,split');
});

test('the picture is held behind its end, on the grid', () => {
  expect(graphOf({ heldFrames: 48 }).text).toContain('tpad=stop_mode=clone:stop=48');
  expect(graphOf().text).not.toContain('tpad');
});

test('only interlaced pictures are deinterlaced', () => {
  expect(graphOf().text).not.toContain('bwdif');
  expect(graphOf({ video: videoStream({ isInterlaced: true }) }).text).toContain('[0:0]bwdif=');
});

const renditionOf = (id: string, index: number): AudioRendition => ({
  id,
  stream: audioStream({ index }),
  codec: 'aac',
  channels: 2,
  rate: 128_000,
});

test('sound is filled up to the end of the picture, if there is one', () => {
  expect(writeAudioGraph([renditionOf('a', 1)], 10).text).toContain('apad=whole_len=480000');
  expect(writeAudioGraph([renditionOf('a', 1)], undefined).text).not.toContain('apad');
});

test('a sound is decoded once for all its renditions, and mixed once for each number of channels', () => {
  const { text, pads } = writeAudioGraph(
    [renditionOf('a', 1), renditionOf('b', 1), { ...renditionOf('s', 1), channels: 6 }, renditionOf('c', 2)],
    undefined,
  );
  const [decoded, stereo, surround, other, otherStereo] = text.split(';');
  expect(decoded).toMatch(/^\[0:1\].*,asplit=3\[m0-2\]\[m0-6\]\[p\]$/);
  expect(stereo).toMatch(/^\[m0-2\]aresample=rematrix_maxval=1,aformat=.*=stereo,asplit=2\[a0\]\[a1\]$/);
  expect(surround).toMatch(/^\[m0-6\].*=5\.1\[a2\]$/);
  expect(other).toMatch(/^\[0:2\].*\[m1-2\]$/);
  expect(otherStereo).toMatch(/\[a3\]$/);
  expect(pads).toEqual(['[a0]', '[a1]', '[a2]', '[a3]']);
});
