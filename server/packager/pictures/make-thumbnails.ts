/** Makes the thumbnails of a title: grids of small pictures, and a WebVTT file that says where each is. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeVtt } from '../captions/write-vtt.ts';
import type { MediaSet, ThumbnailSet } from '../made-presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import type { OutputContext } from '../output-context.ts';
import type { MeasuredPicture } from './choose-poster.ts';
import { measurePictures } from './measure-pictures.ts';
import { planThumbnails } from './plan-thumbnails.ts';
import { takePictures } from './take-pictures.ts';

export interface MadeThumbnails {
  readonly set: ThumbnailSet;
  /** Each thumbnail, in order: what a poster is chosen by. */
  readonly pictures: readonly MeasuredPicture[];
}

const FOLDER = 'thumbs';
const INDEX = 'thumbs.vtt';

/** Nothing for a title without a picture. */
export async function makeThumbnails(context: OutputContext): Promise<MadeThumbnails | undefined> {
  const { directory, media } = context;
  const film = smallestOf(media.video);
  if (film?.track.media.kind !== 'video') return undefined;
  const plan = planThumbnails(film, film.track.media, media.duration);
  const { greys, gridBytes } = await takePictures(film, plan, context, FOLDER);
  const { width, height, columns, rows, interval } = plan;
  const set: ThumbnailSet = {
    ...{ id: FOLDER, folder: FOLDER, index: INDEX, columns, rows, width, height, interval },
    count: greys.length,
    bytes: gridBytes,
  };
  await writeFile(join(directory, INDEX), writeIndex(set, media.duration));
  const pictures = measurePictures(greys, width).map((measure, k) => ({ time: k * interval, ...measure }));
  return { set, pictures };
}

/** Of H.264 if there is any, which is decoded fastest and by every ffmpeg. */
function smallestOf(video: readonly MediaSet[]): MadeRepresentation | undefined {
  const set =
    video.find(({ representations }) => representations[0]?.track.codecs.startsWith('avc')) ?? video[0];
  return set?.representations.at(-1);
}

/** A cue for each thumbnail, as long as it stands for; its text names a rectangle of a grid (Media Fragments §4.2.2). */
export function writeIndex(set: ThumbnailSet, duration: number): string {
  const { columns, rows, width, height, interval, count, folder } = set;
  const cues = Array.from({ length: count }, (_, k) => {
    const [grid, place] = [Math.floor(k / (columns * rows)), k % (columns * rows)];
    const [x, y] = [(place % columns) * width, Math.floor(place / columns) * height];
    return {
      start: k * interval,
      end: k === count - 1 ? Math.max(duration, (k + 0.001) * interval) : (k + 1) * interval,
      text: `${folder}/${grid + 1}.jpg#xywh=${x},${y},${width},${height}`,
    };
  });
  return writeVtt(cues);
}
