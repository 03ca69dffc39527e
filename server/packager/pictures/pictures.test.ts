/** Thumbnails and poster: each thumbnail shows its own second of the film, and the poster is worth looking at. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCaptions } from '../captions/read-captions.ts';
import { makeFolder, NEVER, TOOLS } from '../films-for-tests.ts';
import { made, picture, segmentsOf } from '../made-for-tests.ts';
import type { ThumbnailSet } from '../made-presentation.ts';
import { packageFile } from '../package-file.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../packaging-config.ts';
import { ratio } from '../ratio.ts';
import { readPublished } from '../title-for-tests.ts';
import { runTool } from '../tools.ts';
import { choosePoster, type MeasuredPicture } from './choose-poster.ts';
import { writeIndex } from './make-thumbnails.ts';
import { measurePictures } from './measure-pictures.ts';
import { planThumbnails } from './plan-thumbnails.ts';
import { takePictures } from './take-pictures.ts';

describe('the plan', () => {
  /** Segments of 4 s, as many as the film needs. */
  const filmOf = (seconds: number) =>
    made('v', picture(416, 234), { segments: segmentsOf(new Array(Math.ceil(seconds / 4)).fill(1), 90_000) });
  const planFor = (seconds: number) => planThumbnails(filmOf(seconds), { width: 416, height: 234 }, seconds);

  test('short films get one each second, long ones one each ten or so, from keyframes alone', () => {
    expect(planFor(60)).toMatchObject({
      interval: 1,
      count: 60,
      isKeyframesOnly: false,
      width: 160,
      height: 90,
    });
    expect(planFor(600)).toMatchObject({ interval: 4, count: 150, isKeyframesOnly: true });
    expect(planFor(7200)).toMatchObject({ interval: 12, count: 600, isKeyframesOnly: true });
    expect(planFor(36_000)).toMatchObject({ interval: 36, count: 1000, isKeyframesOnly: true });
  });

  test('there is one for every stretch of the film, never too many, and only the segments that are needed are read', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.04, max: 50_000, noNaN: true }), (seconds) => {
        const { interval, count, columns, rows, segments, isKeyframesOnly } = planFor(seconds);
        expect(count * interval).toBeGreaterThanOrEqual(seconds - 1e-3);
        expect((count - 1) * interval).toBeLessThan(seconds);
        expect(count).toBeLessThanOrEqual(1000);
        expect(columns * rows).toBeGreaterThanOrEqual(Math.min(count, 25));
        if (isKeyframesOnly) expect(segments).toHaveLength(count);
        for (const [k, position] of segments.entries())
          if (isKeyframesOnly) expect(position * 4).toBe(k * interval);
      }),
    );
  });

  test('keyframes are not relied on where segments are not all of one length', () => {
    const [first, ...others] = filmOf(600).segments;
    const uneven = others.map((segment) => ({ ...segment, startTicks: segment.startTicks + 1 }));
    const film = {
      ...filmOf(600),
      segments: first ? [first, ...uneven.slice(0, 1), ...others.slice(1)] : [],
    };
    expect(planThumbnails(film, { width: 416, height: 234 }, 600).isKeyframesOnly).toBe(false);
  });

  test('every shape is kept, and nothing is enlarged', () => {
    const sizeFor = (width: number, height: number) => {
      const { width: w, height: h } = planThumbnails(filmOf(8), { width, height }, 8);
      return [w, h];
    };
    expect(sizeFor(234, 416)).toEqual([90, 160]);
    expect(sizeFor(240, 100)).toEqual([186, 78]);
    expect(sizeFor(64, 36)).toEqual([64, 36]);
  });
});

test('the index has a place in a grid for every moment of the film', () => {
  const set: ThumbnailSet = {
    ...{ id: 't', folder: 'thumbs', index: 'thumbs.vtt', columns: 2, rows: 2, width: 160, height: 90 },
    ...{ interval: 2.002, count: 6, bytes: [9, 9] },
  };
  const { cues, faults } = readCaptions(writeIndex(set, 11.5));
  expect(faults).toEqual([]);
  expect(cues.map(({ text }) => text)).toEqual([
    'thumbs/1.jpg#xywh=0,0,160,90',
    'thumbs/1.jpg#xywh=160,0,160,90',
    'thumbs/1.jpg#xywh=0,90,160,90',
    'thumbs/1.jpg#xywh=160,90,160,90',
    'thumbs/2.jpg#xywh=0,0,160,90',
    'thumbs/2.jpg#xywh=160,0,160,90',
  ]);
  expect(cues[0]?.start).toBe(0);
  expect(cues.at(-1)?.end).toBe(11.5);
  for (const [k, { start }] of cues.slice(1).entries()) expect(start).toBe(cues[k]?.end);
});

describe('the poster', () => {
  const fine = { brightness: 0.5, variety: 4, sharpness: 0.03, stillness: 0.8, likeness: 0.8 };
  const at = (time: number, changes: Partial<MeasuredPicture>): MeasuredPicture => ({
    time,
    ...fine,
    ...changes,
  });

  test.each([
    ['black', { brightness: 0.01, variety: 0.2 }],
    ['white', { brightness: 0.99, variety: 0.4 }],
    ['a blur', { sharpness: 0.008 }],
    ['a movement', { stillness: 0 }],
    ['unlike the film', { likeness: 0.3 }],
    ['a title on plain ground', { variety: 0.6 }],
  ])('is not %s', (_, changes) => {
    const pictures = [at(20, changes), at(40, {}), at(50, changes), at(60, {})];
    expect(choosePoster(pictures, 100)?.time).toBe(40);
  });

  test('is not of the credits, but of what there is when there is nothing else', () => {
    expect(choosePoster([at(1, {}), at(50, {}), at(95, {})], 100)?.time).toBe(50);
    expect(choosePoster([at(95, {})], 100)?.time).toBe(95);
    expect(choosePoster([at(0, { brightness: 0, variety: 0, sharpness: 0 })], 1)?.time).toBe(0);
    expect(choosePoster([], 1)).toBeUndefined();
  });
});

test('measures: plain is nothing, a fine pattern is sharp, the same twice is still', () => {
  const plain = new Uint8Array(64).fill(128);
  const chequers = Uint8Array.from({ length: 64 }, (_, i) => ((i + Math.floor(i / 8)) % 2) * 255);
  const [first, second, third] = measurePictures([plain, chequers, chequers], 8);
  expect(first).toMatchObject({ brightness: 128 / 255, variety: 0, sharpness: 0 });
  expect(second?.sharpness).toBeCloseTo(0.875, 6);
  expect(second).toMatchObject({ variety: 1, stillness: 1, brightness: 0.5 });
  expect(first?.stillness).toBe(0);
  expect(third?.likeness).toBeGreaterThan(first?.likeness ?? 1);
});

/** A film whose brightness tells the time: second n is grey 20 + 8n; pictures between two seconds are black. */
async function makeClock(folder: string, seconds: number): Promise<string> {
  const path = join(folder, 'clock.mp4');
  const level = 'if(lt(mod(T+0.001,1),0.1),20+8*floor(T+0.001),0)';
  const source = `color=black:s=160x90:r=10:d=${seconds},format=gray,geq=lum='${level}'`;
  const args = [
    '-v',
    'error',
    '-f',
    'lavfi',
    '-i',
    source,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-qp',
    '4',
  ];
  await runTool(TOOLS.ffmpeg, [...args, '-pix_fmt', 'yuv420p', path], { signal: NEVER });
  return path;
}

/** The mean grey of each thumbnail of a grid, in order. */
async function greysOf(
  grid: string,
  { columns, rows }: { columns: number; rows: number },
): Promise<number[]> {
  const shrink = `scale=${columns}:${rows}:flags=area:in_range=pc:out_range=pc`;
  const target = `${grid}.gray`;
  const args = ['-v', 'error', '-y', '-i', grid, '-vf', shrink, '-pix_fmt', 'gray', '-f', 'rawvideo', target];
  await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  return [...(await readFile(target))];
}

test.each([
  ['decoded in full', 4],
  ['of keyframes alone', 1],
])('thumbnail k shows the picture at k intervals, %s', async (_, segmentSeconds) => {
  const folder = await makeFolder();
  const library = join(folder, 'library');
  const title = await packageFile(await makeClock(folder, 9), {
    library,
    config: { ...DEFAULT_PACKAGING_CONFIG, segmentSeconds },
    signal: NEVER,
  });
  const version = join(library, title.id, title.version);
  const { cues } = readCaptions(await readFile(join(version, 'thumbs.vtt'), 'utf8'));
  expect(cues.map(({ start }) => start)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  const greys = await greysOf(join(version, 'thumbs/1.jpg'), { columns: 5, rows: 2 });
  for (const [k, grey] of greys.slice(0, 9).entries()) {
    expect(Math.abs(grey - (20 + 8 * k)), `second ${k}`).toBeLessThan(4);
  }
});

test('a title whose beginning is black has a poster that is not', async () => {
  const folder = await makeFolder();
  const film = join(folder, 'dark.mp4');
  const source = "testsrc2=s=160x90:r=10:d=6,drawbox=enable='not(between(t,2,4))':c=black:t=fill";
  await runTool(TOOLS.ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', source, '-pix_fmt', 'yuv420p', film], {
    signal: NEVER,
  });
  const title = await packageFile(film, { library: folder, signal: NEVER });
  const [grey = 0] = await greysOf(join(folder, title.id, title.poster ?? ''), { columns: 1, rows: 1 });
  expect(grey).toBeGreaterThan(60);
});

test('where sound goes on after the picture, the last thumbnail stands for the rest', async () => {
  const folder = await makeFolder();
  const title = await packageFile(await makeClock(folder, 2), { library: folder, signal: NEVER });
  const { video } = await readPublished(folder, title.id);
  const [size = 0, index] = [video[0]?.bytes.byteLength, video[0]?.representation.addressing];
  if (index?.kind !== 'index') throw new Error('There is no segment index.');
  const [initializationBytes, behindIndex] = [
    index.index.range?.first ?? 0,
    (index.index.range?.last ?? 0) + 1,
  ];
  const stored = {
    ...({
      layout: 'indexed',
      file: `${title.version}/${video[0]?.representation.id}.mp4`,
      bytes: size,
      sha256: '',
    } as const),
    ...{ initializationBytes, indexBytes: behindIndex - initializationBytes },
  };
  const segments = segmentsOf([size - behindIndex], 90_000).map((each) => ({
    ...each,
    durationTicks: 180_000,
    endTicks: 180_000,
  }));
  const film = made('v', picture(160, 90), { stored, segments, frameRate: ratio(10, 1) });
  const plan = planThumbnails(film, { width: 160, height: 90 }, 40);
  const context = { directory: join(folder, title.id), tools: TOOLS, signal: NEVER };
  const { greys, gridBytes } = await takePictures(film, plan, context, 'again');
  expect([greys.length, gridBytes.length]).toEqual([40, 2]);
  expect(greys.at(-1)).toEqual(greys[2]);
});
