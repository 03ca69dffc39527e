/**
 * Writes ffmpeg's options for one rung: codec, rate control, groups of pictures, colour and clock. Groups are closed and
 * of one length, so that segments begin with a sync picture at the same instants on all rungs.
 */
import { timescaleFor } from './frame-rate.ts';
import type { RateTarget, Rung } from './ladder.ts';
import type { Preset } from './packaging-config.ts';
import { formatRate, type Ratio } from './ratio.ts';

export interface VideoEncoding {
  readonly frameRate: Ratio;
  /** From one sync picture to the next. */
  readonly groupFrames: number;
  /** Of this encoder alone; left to it when absent. */
  readonly threads?: number;
  readonly preset: Preset;
}

/** Everything between `-map` and the options of the muxer. */
export function videoEncoderOptions(rung: Rung, encoding: VideoEncoding): string[] {
  const { frameRate, threads } = encoding;
  return [
    ...h264Options(rung, encoding),
    ...(threads ? ['-threads', `${threads}`] : []),
    ...['-pix_fmt', 'yuv420p', '-r', formatRate(frameRate)],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...['-video_track_timescale', `${timescaleFor(frameRate)}`, '-flags:v', '+bitexact'],
  ];
}

function h264Options({ rate }: Rung, { groupFrames, preset }: VideoEncoding): string[] {
  const group = `${groupFrames}`;
  return [
    ...['-c:v', 'libx264', '-preset', preset, ...h264Rate(rate), '-profile:v', 'high'],
    ...['-g', group, '-keyint_min', group, '-sc_threshold', '0', '-x264-params', 'open-gop=0'],
  ];
}

/** The buffer holds 2 s of the highest rate. */
function h264Rate(rate: RateTarget): string[] {
  const most = rate.kind === 'cbr' ? rate.rate : rate.maxRate;
  const ceiling = ['-maxrate', `${most}`, '-bufsize', `${2 * most}`];
  if (rate.kind === 'crf') return ['-crf', `${rate.crf}`, ...ceiling];
  return ['-b:v', `${rate.kind === 'cbr' ? rate.rate : rate.averageRate}`, ...ceiling];
}
