/** Interlaced pictures are made whole, whether they say that they are interlaced or not; others are left alone. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deinterlace } from '../encode/deinterlace.ts';
import { makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { runTool } from '../tools.ts';
import { judge } from './detect-interlacing.ts';
import { videoStream } from './input-for-tests.ts';
import type { InputInfo } from './input-info.ts';
import { probe } from './probe.ts';

/** A box that moves sideways over a smooth ground: no lettering, no fine lines. */
const MOTION = [
  'color=0x406080:s=480x480:r=50:d=4[ground]',
  'color=0xd0d0a0:s=120x280:r=50:d=4[box]',
  "[ground][box]overlay=x='mod(t*500,480)-60':y=100",
].join(';');

async function probed(filters: string, options: readonly string[], name = 'film.mkv'): Promise<InputInfo> {
  const path = join(await makeFolder(), name);
  const encoder = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10'];
  const args = [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    MOTION,
    '-t',
    '2',
    '-vf',
    filters,
    ...encoder,
    ...options,
    path,
  ];
  await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  return probe(path, TOOLS, NEVER);
}

test('fields without a flag are found, with the one that comes first', async () => {
  const upper = await probed('tinterlace=interleave_top,setfield=prog', []);
  expect(upper.video).toMatchObject({ isInterlaced: true, unflaggedFields: 'tff' });
  expect(upper.notices).toEqual(['Its picture is interlaced, though it says otherwise; it was made whole.']);
  const lower = await probed('tinterlace=interleave_bottom,setfield=prog', []);
  expect(lower.video).toMatchObject({ isInterlaced: true, unflaggedFields: 'bff' });
});

test('fields with a flag are believed, and the rate is that of whole pictures', async () => {
  const { video, notices } = await probed('tinterlace=interleave_top', [
    '-flags',
    '+ildct+ilme',
    '-x264-params',
    'tff=1',
  ]);
  expect(video).toMatchObject({ isInterlaced: true, frameRate: { numerator: 25, denominator: 1 } });
  expect(video).not.toHaveProperty('unflaggedFields');
  expect(notices).toEqual([]);
});

test('a progressive picture is left alone, in motion as well', async () => {
  expect((await probed('null', [])).video?.isInterlaced).toBe(false);
  expect((await probed('scroll=v=0.02', [])).video?.isInterlaced).toBe(false);
});

const verdicts = (tff: number, progressive: number, torn: number): string =>
  [
    ...Array.from({ length: tff }, () => 'lavfi.idet.multiple.current_frame=tff'),
    ...Array.from({ length: progressive }, () => 'lavfi.idet.multiple.current_frame=progressive'),
    ...Array.from({ length: torn }, (_, i) => `0, ${i}, ${i}, 1, 100, 0x0`),
  ].join('\n');

test('one judge alone is not believed', () => {
  expect(judge(verdicts(50, 0, 20))).toBe('tff');
  expect(judge(verdicts(50, 0, 0))).toBeUndefined();
  expect(judge(verdicts(10, 40, 20))).toBeUndefined();
  expect(judge('')).toBeUndefined();
});

test('frames that flag themselves are told apart one by one; others are all taken for fields', () => {
  expect(deinterlace(videoStream())).toEqual([]);
  expect(deinterlace(videoStream({ isInterlaced: true }))).toEqual([
    'bwdif=mode=send_frame:deint=interlaced',
  ]);
  expect(deinterlace(videoStream({ isInterlaced: true, unflaggedFields: 'bff' }))).toEqual([
    'bwdif=mode=send_frame:parity=bff:deint=all',
  ]);
});
