/** Known colours go through every path and come out as the definitions say. */
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { TIDY_COLOUR } from '../input/input-for-tests.ts';
import type { Colour } from '../input/input-info.ts';
import { probe } from '../input/probe.ts';
import { needsLight, toBt709 } from './colour-conversion.ts';
import {
  type Coding,
  expectedPatches,
  makePatches,
  PATCHES_SIZE,
  patchesThrough,
} from './colour-patches-for-tests.ts';

/** Code values of 8 bit. */
const CLOSE = 2;

async function convert(coding: Coding, canConvertLight = true) {
  const path = await makePatches(await makeFolder(), coding);
  const { video } = await probe(path, TOOLS, NEVER);
  if (!video) throw new Error('There is no picture.');
  return patchesThrough(path, toBt709(video.colour, PATCHES_SIZE, canConvertLight));
}

type Patches = Awaited<ReturnType<typeof convert>>;

function furthest(actual: Patches, expected: Patches): number {
  return Math.max(
    ...actual.flatMap((codes, i) => codes.map((code, k) => Math.abs(code - (expected[i]?.[k] ?? 0)))),
  );
}

const rgb = { matrix: 'gbr', range: 'pc', codec: 'png' } as const;

const CODINGS: readonly Coding[] = [
  { pixelFormat: 'yuv420p', matrix: 'bt709', range: 'tv' },
  { pixelFormat: 'yuv420p10le', matrix: 'bt709', range: 'tv' },
  { pixelFormat: 'yuv444p12le', matrix: 'bt709', range: 'tv' },
  { pixelFormat: 'yuv420p', matrix: 'bt709', range: 'pc' },
  { pixelFormat: 'yuv420p', matrix: 'smpte170m', range: 'tv' },
  { pixelFormat: 'yuv422p', matrix: 'smpte170m', range: 'pc' },
  { pixelFormat: 'yuv422p10le', matrix: 'smpte240m', range: 'tv' },
  { pixelFormat: 'yuv420p10le', matrix: 'bt2020nc', range: 'tv' },
  { pixelFormat: 'gbrp12le', matrix: 'gbr', range: 'pc' },
  { pixelFormat: 'rgb24', ...rgb },
  { pixelFormat: 'pal8', ...rgb },
  { pixelFormat: 'rgba', ...rgb, alpha: 0.5 },
  { pixelFormat: 'yuva444p10le', matrix: 'bt709', range: 'tv', alpha: 0.5 },
];

const WITH_OTHER_PRIMARIES: readonly Coding[] = [
  { pixelFormat: 'yuv420p', matrix: 'smpte170m', primaries: 'smpte170m', range: 'tv' },
  { pixelFormat: 'yuv420p', matrix: 'bt470bg', primaries: 'bt470bg', range: 'tv' },
  { pixelFormat: 'yuv422p10le', matrix: 'bt2020nc', primaries: 'bt2020', range: 'tv' },
  { pixelFormat: 'yuv420p', matrix: 'bt709', primaries: 'smpte432', range: 'pc' },
  { pixelFormat: 'gbrp12le', matrix: 'gbr', primaries: 'smpte432', range: 'pc' },
];

const nameOf = (coding: Coding): string =>
  `${coding.pixelFormat} ${coding.matrix} ${coding.range} ${coding.primaries ?? ''} ${coding.alpha ?? ''}`;

test.each([...CODINGS, ...WITH_OTHER_PRIMARIES].map((coding) => [nameOf(coding), coding] as const))(
  '%s',
  async (_, coding) => {
    expect(furthest(await convert(coding), expectedPatches(coding.alpha))).toBeLessThanOrEqual(CLOSE);
  },
);

test.each(CODINGS.map((coding) => [nameOf(coding), coding] as const))(
  '%s with an ffmpeg that knows only its oldest filters',
  async (_, coding) => {
    expect(furthest(await convert(coding, false), expectedPatches(coding.alpha))).toBeLessThanOrEqual(CLOSE);
  },
);

test('odd sides: zscale alone would refuse them', async () => {
  const folder = await makeFolder();
  const odd = ['-vf', 'scale=161:91', '-c:v', 'ffv1'];
  const film = await makeFilm(folder, { name: 'film.mkv', size: '160x90', seconds: 0.1, options: odd });
  const { video } = await probe(film, TOOLS, NEVER);
  expect(video?.colour).toMatchObject({ hasOddSides: true, matrix: 'smpte170m' });
  const filters = toBt709(video?.colour ?? TIDY_COLOUR, PATCHES_SIZE, true);
  expect(await patchesThrough(film, filters)).toHaveLength(8);
});

test('grey of the full range', async () => {
  const [white, black, grey] = await convert({ pixelFormat: 'gray', ...rgb });
  expect([white, black]).toEqual([
    [235, 128, 128],
    [16, 128, 128],
  ]);
  expect(grey?.[0]).toBeCloseTo(125.5, -0.5);
});

test.each(['smpte2084', 'arib-std-b67'])(
  '%s: white is bright, greys stay grey, and order is kept',
  async (transfer) => {
    const coding = {
      pixelFormat: 'yuv420p10le',
      matrix: 'bt2020nc',
      primaries: 'bt2020',
      range: 'tv',
    } as const;
    const path = await makePatches(await makeFolder(), coding);
    const colour: Colour = { ...TIDY_COLOUR, matrix: 'bt2020nc', primaries: 'bt2020', transfer };
    const patches = await patchesThrough(path, toBt709(colour, PATCHES_SIZE, true));
    const [white = [], black = [], grey = [], red = []] = patches;
    for (const [, cb, cr] of [white, black, grey]) {
      expect(cb).toBeCloseTo(128, -0.7);
      expect(cr).toBeCloseTo(128, -0.7);
    }
    expect(white[0]).toBeGreaterThan(220);
    expect(black[0]).toBe(16);
    expect(grey[0]).toBeGreaterThan(60);
    expect(grey[0]).toBeLessThan(160);
    expect(red[2]).toBeGreaterThan(150);
  },
);

test('only what differs in its light needs the filters for it', () => {
  expect(needsLight(TIDY_COLOUR)).toBe(false);
  expect(needsLight({ ...TIDY_COLOUR, matrix: 'smpte170m', isFullRange: true })).toBe(false);
  expect(needsLight({ ...TIDY_COLOUR, primaries: 'smpte170m' })).toBe(true);
  expect(needsLight({ ...TIDY_COLOUR, transfer: 'arib-std-b67' })).toBe(true);
});
