/**
 * Writes ffmpeg's options for one rung: codec, rate control, groups of pictures, colour and clock. Groups are closed and
 * of one length, so that segments of all rungs and codecs begin with a sync picture at the same instants.
 */
import { timescaleFor } from '../input/frame-rate.ts';
import type { RateTarget, Rung, VideoCodec } from '../ladder/ladder.ts';
import { formatRate } from '../ratio.ts';
import { av1Options } from './video-options/av1-options.ts';
import { h264Options } from './video-options/h264-options.ts';
import { hevcOptions } from './video-options/hevc-options.ts';
import type { VideoEncoding } from './video-options/video-encoding.ts';
import { vp9Options } from './video-options/vp9-options.ts';

/** Everything between `-map` and the options of the muxer. */
export function videoEncoderOptions({ codec, rate }: Rung, encoding: VideoEncoding): string[] {
  const { frameRate } = encoding;
  return [
    ...OPTIONS[codec](rate, encoding),
    ...['-pix_fmt', 'yuv420p', '-r', formatRate(frameRate)],
    ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
    ...['-video_track_timescale', `${timescaleFor(frameRate)}`, '-flags:v', '+bitexact'],
  ];
}

const OPTIONS: Readonly<Record<VideoCodec, (rate: RateTarget, encoding: VideoEncoding) => string[]>> = {
  h264: h264Options,
  hevc: hevcOptions,
  vp9: vp9Options,
  av1: av1Options,
};
