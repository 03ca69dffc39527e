/** A picture that was recorded turned or mirrored is packaged upright, in all eight ways that a matrix can say so. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { packageFile } from '../package-file.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../packaging-config.ts';
import { runTool } from '../tools.ts';

const WIDTH = 192;
const HEIGHT = 96;
/** Luma of the quarters as stored: upper left, upper right, lower left, lower right. */
const LUMA = [50, 100, 150, 200] as const;

/** Quarters of four greys, whose display matrix is then overwritten. */
async function makeQuarters(folder: string, [a, b, c, d]: readonly number[]): Promise<string> {
  const [w, h] = [WIDTH / 2, HEIGHT / 2];
  const quarters = LUMA.map((luma, i) => `color=0x000000:s=${w}x${h}:r=10:d=0.4,lutyuv=y=${luma}[q${i}]`);
  const graph = `${quarters.join(';')};[q0][q1]hstack[top];[q2][q3]hstack[bottom];[top][bottom]vstack`;
  const path = join(folder, 'film.mp4');
  const args = [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    `${graph}[out0]`,
    '-c:v',
    'libx264',
    '-crf',
    '1',
    '-pix_fmt',
    'yuv420p',
  ];
  await runTool(TOOLS.ffmpeg, [...args, path], { signal: NEVER });
  const bytes = await readFile(path);
  // The matrix of ISO/IEC 14496-12 §8.3.2 is { a b u, c d v, x y w }, of which u, v, x, y stay 0.
  const matrix = bytes.indexOf('tkhd') + 4 + 40;
  [a, b, 0, c, d, 0].forEach((value = 0, i) => {
    bytes.writeInt32BE(value * 65_536, matrix + 4 * i);
  });
  await writeFile(path, bytes);
  return path;
}

/** Luma in the middle of each quarter of what came out, and its size. */
async function quartersOf(film: string, library: string): Promise<{ size: string; luma: number[] }> {
  const config = { ...DEFAULT_PACKAGING_CONFIG, perTitle: 'never' } as const;
  const { id, version, representations } = await packageFile(film, { library, signal: NEVER, config });
  const [top] = representations;
  const { width = 0, height = 0 } = top ?? {};
  const raw = join(library, 'frame.raw');
  const args = ['-v', 'error', '-i', join(library, id, version, `${top?.id}.mp4`), '-frames:v', '1'];
  await runTool(TOOLS.ffmpeg, [...args, '-pix_fmt', 'gray', '-f', 'rawvideo', raw], { signal: NEVER });
  const frame = await readFile(raw);
  const at = (x: number, y: number): number =>
    frame[Math.floor(y * height) * width + Math.floor(x * width)] ?? 0;
  return {
    size: `${width}x${height}`,
    luma: [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)],
  };
}

const [UL, UR, LL, LR] = LUMA;
const WIDE = `${WIDTH}x${HEIGHT}`;
const TALL = `${HEIGHT}x${WIDTH}`;

test.each([
  ['as it is', [1, 0, 0, 1], WIDE, [UL, UR, LL, LR]],
  ['turned clockwise', [0, 1, -1, 0], TALL, [LL, UL, LR, UR]],
  ['upside down', [-1, 0, 0, -1], WIDE, [LR, LL, UR, UL]],
  ['turned against the clock', [0, -1, 1, 0], TALL, [UR, LR, UL, LL]],
  ['mirrored left to right', [-1, 0, 0, 1], WIDE, [UR, UL, LR, LL]],
  ['mirrored top to bottom', [1, 0, 0, -1], WIDE, [LL, LR, UL, UR]],
  ['mirrored along one diagonal', [0, 1, 1, 0], TALL, [UL, LL, UR, LR]],
  ['mirrored along the other', [0, -1, -1, 0], TALL, [LR, UR, LL, UL]],
] as const)('%s', async (_, matrix, size, luma) => {
  const folder = await makeFolder();
  const film = await makeQuarters(folder, matrix);
  const found = await quartersOf(film, join(folder, 'library'));
  expect(found.size).toBe(size);
  found.luma.forEach((value, i) => {
    expect(Math.abs(value - expectedGrey(luma[i] ?? 0)), `quarter ${i} is ${value}`).toBeLessThan(6);
  });
});

/** The grey samples of ffmpeg use the full range. */
function expectedGrey(luma: number): number {
  return ((luma - 16) * 255) / 219;
}
