/** Takes one picture out of the finished film: early, but not a black one. */
import { join } from 'node:path';
import { INPUT_GUARD } from './input-guard.ts';
import type { MadeRepresentation } from './made-representation.ts';
import { mediaBytes } from './media-bytes.ts';
import type { OutputContext } from './output-context.ts';
import { runTool } from './tools.ts';

const POSTER_FILE = 'poster.jpg';
const WIDEST = 1280;
/** Places in the film, as shares of its length, in the order in which they are tried; the first frame is always there. */
const PLACES = [0.1, 0.25, 0.4, 0.6, 0.85, 0];
/** Mean luma of limited range, 16 (black) … 235 (white); below this hardly anything is seen at the size of a poster. */
const BRIGHT_ENOUGH = 50;

/** Writes a JPEG and gives its name; when all places are dark, of the brightest. Nothing for sound alone. */
export async function makePoster(context: OutputContext): Promise<string | undefined> {
  const film = context.media.video[0]?.representations[0];
  if (!film) return undefined;
  let best = { position: 0, luma: -1 };
  for (const place of PLACES) {
    const position = Math.floor(place * film.segments.length);
    const luma = await takePicture(film, position, context);
    if (luma >= BRIGHT_ENOUGH) return POSTER_FILE;
    if (luma > best.luma) best = { position, luma };
  }
  await takePicture(film, best.position, context);
  return POSTER_FILE;
}

/** Gives the mean luma of the picture that was written. */
async function takePicture(
  film: MadeRepresentation,
  position: number,
  { directory, tools, signal }: OutputContext,
): Promise<number> {
  const filters = [
    'signalstats',
    'metadata=mode=print:key=lavfi.signalstats.YAVG:file=-',
    `scale=w='min(${WIDEST},iw)':h=-2:flags=bicubic:in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc`,
    'format=yuvj420p',
  ];
  const args = [
    ...['-hide_banner', '-v', 'error', '-y', ...INPUT_GUARD, '-protocol_whitelist', 'pipe'],
    ...['-i', 'pipe:0', '-map', '0:v:0', '-frames:v', '1', '-vf', filters.join(',')],
    ...['-c:v', 'mjpeg', '-q:v', '4', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ...['-f', 'image2', '-update', '1', join(directory, POSTER_FILE)],
  ];
  const stdin = mediaBytes(film, directory, [position]);
  const { stdout } = await runTool(tools.ffmpeg, args, { signal, stdin });
  return Number(/YAVG=([\d.]+)/.exec(stdout)?.[1] ?? -1);
}
