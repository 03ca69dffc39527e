/** Makes the poster of a title: the picture that stands for it best, as large as a page shows it. */
import { join } from 'node:path';
import type { MadeRepresentation } from '../made-representation.ts';
import { mediaBytes } from '../media/media-bytes.ts';
import type { OutputContext } from '../output-context.ts';
import { runTool } from '../tools.ts';
import { choosePoster, type MeasuredPicture } from './choose-poster.ts';
import { JPEG_COLOURS, jpegOptions, PIPED_INPUT } from './jpeg.ts';
import { halfFrame } from './take-pictures.ts';

const POSTER_FILE = 'poster.jpg';
const WIDEST = 1280;

/** Writes a JPEG and gives its name; nothing where there are no pictures to choose from. */
export async function makePoster(
  context: OutputContext,
  pictures: readonly MeasuredPicture[],
): Promise<string | undefined> {
  const film = context.media.video[0]?.representations[0];
  const chosen = choosePoster(pictures, context.media.duration);
  if (!film || !chosen) return undefined;
  await takePicture(film, chosen.time, context);
  return POSTER_FILE;
}

/** Only the segment that holds the picture is read and decoded. */
async function takePicture(
  film: MadeRepresentation,
  time: number,
  { directory, tools, signal }: OutputContext,
): Promise<void> {
  const { segments, track } = film;
  const ticks = time * track.timescale;
  const position = Math.max(
    0,
    segments.findLastIndex(({ startTicks }) => startTicks <= ticks + 1),
  );
  const half = halfFrame(film);
  const { startTicks = 0, durationTicks = 0 } = segments[position] ?? {};
  // A time at the very end is that of the last frame.
  const last = durationTicks / track.timescale - 2 * half;
  const inside = Math.min(time - startTicks / track.timescale, last);
  const filters = [
    `select='gte(t+${half},${inside})'`,
    `scale=w='min(${WIDEST},iw)':h=-2:flags=bicubic:${JPEG_COLOURS}`,
    'format=yuvj420p',
  ];
  const args = [
    ...['-hide_banner', '-v', 'error', '-y', ...PIPED_INPUT, '-map', '0:v:0', '-frames:v', '1'],
    ...['-vf', filters.join(','), ...jpegOptions(4), '-update', '1', join(directory, POSTER_FILE)],
  ];
  await runTool(tools.ffmpeg, args, { signal, stdin: mediaBytes(film, directory, [position]) });
}
