/**
 * Films of flat patches of known colour, coded in every way that cameras and programs have, and what the same colours are
 * in 8 bit BT.709 of limited range: calculated here from the definitions, so that conversions can be checked against them.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NEVER, TOOLS } from '../films-for-tests.ts';
import { runTool } from '../tools.ts';

type Triple = readonly [number, number, number];

/** Non-linear R′G′B′ of BT.709, 0 … 1: greys, strong colours that all primaries below can show, skin, teal. */
const PATCHES: readonly Triple[] = [
  [1, 1, 1],
  [0, 0, 0],
  [0.5, 0.5, 0.5],
  [0.8, 0.2, 0.2],
  [0.4, 0.7, 0.3],
  [0.2, 0.2, 0.8],
  [0.8, 0.6, 0.5],
  [0.3, 0.5, 0.5],
];

/** Pixels; wide enough that no patch's colour reaches the middle of another. */
const PATCH = 32;
const COLUMNS = 4;
export const PATCHES_SIZE = { width: COLUMNS * PATCH, height: (PATCHES.length / COLUMNS) * PATCH };

/** Share of red and blue in luma (ITU-T H.273 table 4). */
const LUMA: Readonly<Record<string, readonly [red: number, blue: number]>> = {
  bt709: [0.2126, 0.0722],
  smpte170m: [0.299, 0.114],
  bt470bg: [0.299, 0.114],
  smpte240m: [0.212, 0.087],
  bt2020nc: [0.2627, 0.0593],
};

/** Chromaticities x, y of red, green and blue (ITU-T H.273 table 2); white is D65 in all. */
const PRIMARIES: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  bt709: [
    [0.64, 0.33],
    [0.3, 0.6],
    [0.15, 0.06],
  ],
  smpte170m: [
    [0.63, 0.34],
    [0.31, 0.595],
    [0.155, 0.07],
  ],
  bt470bg: [
    [0.64, 0.33],
    [0.29, 0.6],
    [0.15, 0.06],
  ],
  bt2020: [
    [0.708, 0.292],
    [0.17, 0.797],
    [0.131, 0.046],
  ],
  smpte432: [
    [0.68, 0.32],
    [0.265, 0.69],
    [0.15, 0.06],
  ],
};
const D65: Triple = [0.3127 / 0.329, 1, (1 - 0.3127 - 0.329) / 0.329];
/** BT.1886: what a screen makes of a signal. */
const GAMMA = 2.4;

export interface Coding {
  readonly pixelFormat: string;
  readonly codec?: string;
  /** ffmpeg's name, `gbr` for RGB. */
  readonly matrix: string;
  readonly primaries?: string;
  readonly range: 'tv' | 'pc';
  /** Opacity of all patches, 0 … 1. */
  readonly alpha?: number;
}

/** Writes one frame of all patches, tagged as what it is, and gives its path. */
export async function makePatches(folder: string, coding: Coding): Promise<string> {
  const { pixelFormat, codec = 'ffv1', matrix, primaries = 'bt709', range } = coding;
  const isRgb = matrix === 'gbr';
  const rawFormat = isRgb ? 'gbrap16le' : 'yuva444p16le';
  const raw = join(folder, 'patches.raw');
  await writeFile(raw, rawPlanes(coding));
  const path = join(folder, 'patches.mkv');
  const size = `${PATCHES_SIZE.width}x${PATCHES_SIZE.height}`;
  const asIs = `scale=flags=accurate_rnd+full_chroma_inp+full_chroma_int:in_range=${range}:out_range=${range}`;
  const format = pixelFormat === 'pal8' ? OWN_PALETTE : `format=${pixelFormat}`;
  const tags = `setparams=range=${range}:color_primaries=${primaries}:color_trc=bt709`;
  const tagMatrix = isRgb ? [] : [`setparams=colorspace=${matrix}`];
  const args = [
    ...['-nostdin', '-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', rawFormat, '-s', size, '-i', raw],
    ...['-vf', [isRgb ? 'null' : asIs, format, tags, ...tagMatrix].join(','), '-c:v', codec],
    ...(isRgb ? [] : ['-color_range', range, '-colorspace', matrix]),
    ...['-color_primaries', primaries, '-color_trc', 'bt709', path],
  ];
  await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  return path;
}

/** ffmpeg's own palette has none of our colours. */
const OWN_PALETTE =
  'format=rgb24,split[a][b];[a]palettegen=reserve_transparent=0[p];[b][p]paletteuse=dither=none';

/** Y, Cb, Cr of each patch in 8 bit BT.709 of limited range, unrounded; alpha lies over black. */
export function expectedPatches(alpha = 1): Triple[] {
  return PATCHES.map((patch) => {
    const [y, cb, cr] = toLumaChroma(patch.map((value) => value * alpha) as unknown as Triple, 'bt709');
    return [16 + 219 * y, 128 + 224 * cb, 128 + 224 * cr];
  });
}

/** Applies filters to the film and reads back Y, Cb, Cr in the middle of each patch of its first frame. */
export async function patchesThrough(path: string, filters: readonly string[]): Promise<Triple[]> {
  const target = `${path}.out`;
  const args = [
    ...['-nostdin', '-v', 'error', '-y', '-i', path, '-vf', filters.join(','), '-frames:v', '1'],
    ...['-pix_fmt', 'yuv420p', '-f', 'rawvideo', target],
  ];
  await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  return readPatches(await readFile(target));
}

function readPatches(frame: Uint8Array): Triple[] {
  const { width, height } = PATCHES_SIZE;
  const chromaBytes = (width * height) / 4;
  return PATCHES.map((_, i) => {
    const [column, row] = [i % COLUMNS, Math.floor(i / COLUMNS)];
    const [x, y] = [column * PATCH + PATCH / 2, row * PATCH + PATCH / 2];
    const chroma = width * height + (y / 2) * (width / 2) + x / 2;
    return [frame[y * width + x] ?? 0, frame[chroma] ?? 0, frame[chroma + chromaBytes] ?? 0];
  });
}

/** Planes of 16 bit: G, B, R, A or Y, Cb, Cr, A. */
function rawPlanes({ matrix, primaries = 'bt709', range, alpha = 1 }: Coding): Buffer {
  const samples = PATCHES.map((patch) => {
    const rgb = toPrimaries(patch, primaries);
    return matrix === 'gbr' ? gbrCodes(rgb, range) : lumaChromaCodes(toLumaChroma(rgb, matrix), range);
  });
  const { width, height } = PATCHES_SIZE;
  const planes = Buffer.alloc(width * height * 4 * 2);
  for (let plane = 0; plane < 4; plane++) {
    for (let at = 0; at < width * height; at++) {
      const [column, row] = [Math.floor((at % width) / PATCH), Math.floor(at / width / PATCH)];
      const value = plane === 3 ? alpha * 65535 : samples[row * COLUMNS + column]?.[plane];
      planes.writeUInt16LE(Math.round(value ?? 0), (plane * width * height + at) * 2);
    }
  }
  return planes;
}

function gbrCodes([r, g, b]: Triple, range: 'tv' | 'pc'): Triple {
  const code = (value: number): number => (range === 'pc' ? value * 65535 : (16 + 219 * value) * 256);
  return [code(g), code(b), code(r)];
}

function lumaChromaCodes([y, cb, cr]: Triple, range: 'tv' | 'pc'): Triple {
  if (range === 'pc') return [y * 65280, 32768 + cb * 65280, 32768 + cr * 65280];
  return [(16 + 219 * y) * 256, (128 + 224 * cb) * 256, (128 + 224 * cr) * 256];
}

/** Y′ from 0 to 1, C′b and C′r from −0.5 to 0.5. */
function toLumaChroma([r, g, b]: Triple, matrix: string): Triple {
  const [red = 0, blue = 0] = LUMA[matrix] ?? [];
  const y = red * r + (1 - red - blue) * g + blue * b;
  return [y, (b - y) / (2 - 2 * blue), (r - y) / (2 - 2 * red)];
}

/** The same light in other primaries, in the form in which a screen takes it. */
function toPrimaries(patch: Triple, primaries: string): Triple {
  if (primaries === 'bt709') return patch;
  const light = patch.map((value) => value ** GAMMA) as unknown as Triple;
  const mixed = applied(inverted(toXyz(primaries)), applied(toXyz('bt709'), light));
  return mixed.map((value) => Math.max(0, value) ** (1 / GAMMA)) as unknown as Triple;
}

type Matrix = readonly [Triple, Triple, Triple];

/** SMPTE RP 177: columns are the primaries, scaled so that equal parts give white. */
function toXyz(name: string): Matrix {
  const columns = (PRIMARIES[name] ?? []).map(([x, y]) => [x / y, 1, (1 - x - y) / y]);
  const at = (row: number): Triple => columns.map((column) => column[row] ?? 0) as unknown as Triple;
  const unscaled: Matrix = [at(0), at(1), at(2)];
  const scale = applied(inverted(unscaled), D65);
  const scaled = (row: Triple): Triple => [row[0] * scale[0], row[1] * scale[1], row[2] * scale[2]];
  return [scaled(unscaled[0]), scaled(unscaled[1]), scaled(unscaled[2])];
}

function applied(matrix: Matrix, [x, y, z]: Triple): Triple {
  const of = (row: Triple): number => row[0] * x + row[1] * y + row[2] * z;
  return [of(matrix[0]), of(matrix[1]), of(matrix[2])];
}

function inverted([a, b, c]: Matrix): Matrix {
  const cross = (u: Triple, v: Triple): Triple => [
    u[1] * v[2] - u[2] * v[1],
    u[2] * v[0] - u[0] * v[2],
    u[0] * v[1] - u[1] * v[0],
  ];
  const columns = [cross(b, c), cross(c, a), cross(a, b)] as const;
  const determinant = a[0] * columns[0][0] + a[1] * columns[0][1] + a[2] * columns[0][2];
  const row = (i: 0 | 1 | 2): Triple => [
    columns[0][i] / determinant,
    columns[1][i] / determinant,
    columns[2][i] / determinant,
  ];
  return [row(0), row(1), row(2)];
}
