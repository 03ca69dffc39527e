/**
 * The three ways of spending bits, measured on what comes out of every encoder: a film that is quiet, then for a while needs
 * more than it may have, and is quiet again.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NEVER, TOOLS } from '../films-for-tests.ts';
import type { RateTarget, VideoCodec } from '../ladder/ladder.ts';
import { runTool } from '../tools.ts';
import { videoEncoderOptions } from './video-encoder.ts';

const FRAME_RATE = 25;
const GROUP_SECONDS = 4;
const SCENE_SECONDS = 8;
const UP_TO_THE_BUSY = 2 * SCENE_SECONDS;

/** Bits per second: the busy scene would like to have twice as many, the quiet ones need fewer. */
const CEILINGS = [
  ['libx264', 'h264', 200_000],
  ['libx265', 'hevc', 140_000],
  ['libvpx-vp9', 'vp9', 170_000],
  ['libsvtav1', 'av1', 120_000],
  ['libaom-av1', 'av1', 120_000],
] as const satisfies readonly [string, VideoCodec, number][];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weir-rates-'));
  const seconds = 3 * SCENE_SECONDS;
  const grain = `nullsrc=s=40x24:r=${FRAME_RATE}:d=${seconds},geq='random(1)*255':128:128,scale=160:90:flags=bicubic`;
  const blend = `[1]format=yuva420p,colorchannelmixer=aa=0.35[n];[0][n]overlay=enable='between(t,${SCENE_SECONDS},${UP_TO_THE_BUSY - 0.01})'`;
  await ffmpeg(
    ...['-f', 'lavfi', '-i', `testsrc2=s=160x90:r=${FRAME_RATE}:d=${seconds}`, '-f', 'lavfi', '-i', grain],
    ...['-filter_complex', `${blend},format=yuv420p[v]`, '-map', '[v]', '-c:v', 'ffv1', filmIn(folder)],
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const filmIn = (place: string): string => join(place, 'film.mkv');

function ffmpeg(...words: string[]): Promise<unknown> {
  return runTool(TOOLS.ffmpeg, ['-nostdin', '-v', 'error', '-y', ...words], { signal: NEVER });
}

interface Packet {
  readonly bits: number;
  readonly isKey: boolean;
}

/** In order of decoding; those of `seconds` from the start, or of all of the film. */
async function encode(
  encoder: (typeof CEILINGS)[number],
  rate: RateTarget,
  {
    seconds,
    threads = 1,
    input = ['-i', filmIn(folder)],
  }: { seconds?: number; threads?: number; input?: string[] } = {},
): Promise<{ readonly packets: readonly Packet[]; readonly digest: string }> {
  const [name, codec] = encoder;
  const rung = { id: '', codec, width: 160, height: 90, rate };
  const options = videoEncoderOptions(rung, {
    frameRate: { numerator: FRAME_RATE, denominator: 1 },
    groupFrames: FRAME_RATE * GROUP_SECONDS,
    threads,
    preset: 'veryfast',
    ...(name === 'libaom-av1' ? { av1Encoder: name } : {}),
  });
  const file = join(folder, `${name}.mp4`);
  const length = seconds === undefined ? [] : ['-t', `${seconds}`];
  const muxing = ['-fflags', '+bitexact', '-movflags', '+delay_moov+frag_keyframe', file];
  await ffmpeg(...input, ...length, '-map', '0:v', ...options, ...muxing);
  const fields = ['-select_streams', 'v', '-show_entries', 'packet=size,flags', '-of', 'csv=p=0', file];
  const { stdout } = await runTool(TOOLS.ffprobe, ['-v', 'error', ...fields], { signal: NEVER });
  const packets = stdout
    .trim()
    .split('\n')
    .map((line) => line.split(','))
    .map(([size, flags = '']) => ({ bits: Number(size) * 8, isKey: flags.includes('K') }));
  return { packets, digest: stdout };
}

/** Bits per second of each segment. */
function curve(packets: readonly Packet[]): number[] {
  const frames = FRAME_RATE * GROUP_SECONDS;
  return Array.from({ length: Math.ceil(packets.length / frames) }, (_, i) =>
    average(packets.slice(i * frames, (i + 1) * frames)),
  );
}

function average(packets: readonly Packet[]): number {
  return (packets.reduce((sum, { bits }) => sum + bits, 0) * FRAME_RATE) / packets.length;
}

/** The most bits that a pipe of `rate` has to keep for later; a buffer that is larger never overflows. */
function mostWaiting(packets: readonly Packet[], rate: number): number {
  let waiting = 0;
  let most = 0;
  for (const { bits } of packets) {
    most = Math.max(most, waiting + bits);
    waiting = Math.max(0, waiting + bits - rate / FRAME_RATE);
  }
  return most;
}

/** Nowhere else than where groups begin. */
function expectGroups(packets: readonly Packet[]): void {
  const keys = packets.flatMap(({ isKey }, i) => (isKey ? [i] : []));
  expect(keys).toEqual(keys.map((_, i) => i * FRAME_RATE * GROUP_SECONDS));
  expect(keys).toHaveLength(curve(packets).length);
}

describe.each(CEILINGS)('%s', (...encoder) => {
  const [name, , maxRate] = encoder;
  const averageRate = 0.6 * maxRate;

  test('constant quality takes what it needs, and never more than its buffer carries', async () => {
    const { packets } = await encode(encoder, { kind: 'crf', crf: 23, maxRate }, { seconds: UP_TO_THE_BUSY });
    const [quiet = 0, , busy = 0] = curve(packets);
    expect(quiet).toBeLessThan(maxRate);
    expect(busy).toBeGreaterThan(quiet);
    expect(mostWaiting(packets, maxRate)).toBeLessThan(2 * maxRate);
    expectGroups(packets);
  });

  test('an average is met within a tenth, and the ceiling kept on the way', async () => {
    const { packets } = await encode(encoder, { kind: 'vbr', averageRate, maxRate });
    expect(Math.abs(average(packets) / averageRate - 1)).toBeLessThan(0.1);
    expect(mostWaiting(packets, maxRate)).toBeLessThan(2 * maxRate);
    expectGroups(packets);
    const rates = curve(packets);
    // The others spend one average everywhere, whatever the picture needs: docs/packaging.md.
    if (name === 'libx264' || name === 'libx265')
      expect(Math.max(...rates) / Math.min(...rates)).toBeGreaterThan(1.4);
  });

  test('a constant rate is the same in every segment, within a sixth', async () => {
    const rate = averageRate;
    const { packets } = await encode(encoder, { kind: 'cbr', rate }, { seconds: UP_TO_THE_BUSY });
    expect(Math.abs(average(packets) / rate - 1)).toBeLessThan(0.05);
    for (const each of curve(packets)) expect(Math.abs(each / rate - 1)).toBeLessThan(1 / 6);
    expectGroups(packets);
  });

  test('the same film gives the same bytes, on two threads too', async () => {
    const target = { kind: 'crf', crf: 23, maxRate: maxRate / 2 } as const;
    const first = await encode(encoder, target, { seconds: UP_TO_THE_BUSY, threads: 2 });
    const second = await encode(encoder, target, { seconds: UP_TO_THE_BUSY, threads: 2 });
    expect(second.digest).toBe(first.digest);
  });
});

test.each([CEILINGS[0], CEILINGS[1]])(
  '%s pads a picture that stands still up to its constant rate',
  async (...encoder) => {
    const still = ['-f', 'lavfi', '-i', `color=gray:s=160x90:r=${FRAME_RATE}:d=8`];
    const { packets } = await encode(encoder, { kind: 'cbr', rate: 100_000 }, { input: still });
    for (const each of curve(packets)) expect(each).toBeGreaterThan(80_000);
  },
);
