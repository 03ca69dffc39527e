/** Takes one picture out of a finished rung: early in the film, but not a black one. */
import { INPUT_GUARD } from './input-guard.ts';
import { runTool, type Tools } from './tools.ts';

export interface PosterRequest {
  /** A published video file: upright, progressive, BT.709. */
  readonly video: string;
  /** Seconds. */
  readonly duration: number;
  readonly target: string;
}

const WIDEST = 1280;
/** Places in the film, as shares of its length, in the order in which they are tried; the first frame is always there. */
const PLACES = [0.1, 0.25, 0.4, 0.6, 0.85, 0];
/** Mean luma of limited range, 16 (black) … 235 (white); below this hardly anything is seen at the size of a poster. */
const BRIGHT_ENOUGH = 50;

/** Writes a JPEG; when all places are dark, of the brightest. */
export async function makePoster(request: PosterRequest, tools: Tools, signal: AbortSignal): Promise<void> {
  let best = { time: 0, luma: -1 };
  for (const place of PLACES) {
    const time = place * request.duration;
    const luma = await takePicture(request, time, tools, signal);
    if (luma >= BRIGHT_ENOUGH) return;
    if (luma > best.luma) best = { time, luma };
  }
  await takePicture(request, best.time, tools, signal);
}

/** Gives the mean luma of the picture that was written; −1 when there is no frame at or behind `time`. */
async function takePicture(
  { video, target }: PosterRequest,
  time: number,
  tools: Tools,
  signal: AbortSignal,
): Promise<number> {
  const filters = [
    'signalstats',
    'metadata=mode=print:key=lavfi.signalstats.YAVG:file=-',
    `scale=w='min(${WIDEST},iw)':h=-2:flags=bicubic:in_color_matrix=bt709:out_color_matrix=bt601:out_range=pc`,
    'format=yuvj420p',
  ];
  const args = [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-y', ...INPUT_GUARD],
    ...['-ss', time.toFixed(3), '-i', video, '-map', '0:v:0', '-frames:v', '1', '-vf', filters.join(',')],
    ...['-c:v', 'mjpeg', '-q:v', '4', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ...['-f', 'image2', '-update', '1', target],
  ];
  const { stdout } = await runTool(tools.ffmpeg, args, { signal });
  return Number(/YAVG=([\d.]+)/.exec(stdout)?.[1] ?? -1);
}
