/** Takes the thumbnails out of a finished representation, as JPEG grids for people and as grey values to measure. */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { endOf, type MadeRepresentation } from '../made-representation.ts';
import { mediaBytes } from '../media/media-bytes.ts';
import type { OutputContext } from '../output-context.ts';
import { decimalOf } from '../ratio.ts';
import { runTool } from '../tools.ts';
import { JPEG_COLOURS, jpegOptions, PIPED_INPUT } from './jpeg.ts';
import type { ThumbnailPlan } from './plan-thumbnails.ts';

export interface TakenPictures {
  /** Of each file `<folder>/1.jpg`, `<folder>/2.jpg` … */
  readonly gridBytes: readonly number[];
  /** Of each thumbnail, one byte a pixel, row by row. */
  readonly greys: readonly Uint8Array[];
}

export async function takePictures(
  film: MadeRepresentation,
  plan: ThumbnailPlan,
  { directory, tools, signal }: Pick<OutputContext, 'directory' | 'tools' | 'signal'>,
  folder: string,
): Promise<TakenPictures> {
  const [grids, greys] = [join(directory, folder), join(directory, 'greys')];
  await mkdir(grids);
  const args = [
    ...['-hide_banner', '-v', 'error', '-y', ...(plan.isKeyframesOnly ? ['-skip_frame', 'nokey'] : [])],
    ...[...PIPED_INPUT, '-filter_complex', graphFor(film, plan)],
    ...['-map', '[grids]', '-r', '1', ...jpegOptions(5), join(grids.replaceAll('%', '%%'), '%d.jpg')],
    ...['-map', '[greys]', '-r', '1', '-c:v', 'rawvideo', '-pix_fmt', 'gray', '-f', 'rawvideo', greys],
  ];
  try {
    await runTool(tools.ffmpeg, args, { signal, stdin: mediaBytes(film, directory, plan.segments) });
    return {
      gridBytes: await sizesIn(grids),
      greys: cut(await readFile(greys), plan.width * plan.height),
    };
  } finally {
    await rm(greys, { force: true });
  }
}

/** Thumbnail k is the first picture at or behind k intervals. What comes out is numbered, so that none is dropped or doubled. */
function graphFor(film: MadeRepresentation, plan: ThumbnailPlan): string {
  const { width, height, interval, count, columns, rows, isKeyframesOnly } = plan;
  const conditions = [`gte(t+${halfFrame(film)},selected_n*${interval})`, `lt(selected_n,${count})`];
  const picked = `${heldFor(film, plan)}select='${[...(isKeyframesOnly ? ['key'] : []), ...conditions].join('*')}'`;
  const sized = `scale=${width}:${height}:flags=area:${JPEG_COLOURS},format=yuvj420p,setsar=1`;
  const tiled = `tile=${columns}x${rows},setpts=N/TB`;
  return `[0:v:0]${picked},${sized},split[a][b];[a]${tiled}[grids];[b]setpts=N/TB[greys]`;
}

/** Where sound goes on after the picture, the last one stands for the rest: clients ask for grids up to the end. */
function heldFor(film: MadeRepresentation, { interval, count }: ThumbnailPlan): string {
  const missing = (count - 1) * interval - endOf(film);
  return missing > -halfFrame(film) ? `tpad=stop_mode=clone:stop_duration=${missing + 2 * interval},` : '';
}

/** Seconds: what times of pictures may be off by. */
export function halfFrame({ frameRate }: MadeRepresentation): number {
  return 0.5 / (frameRate ? decimalOf(frameRate) : 25);
}

async function sizesIn(folder: string): Promise<number[]> {
  const { length } = await readdir(folder);
  return Promise.all(Array.from({ length }, async (_, i) => (await stat(join(folder, `${i + 1}.jpg`))).size));
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  const count = Math.floor(bytes.byteLength / size);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}
