/** Says how the colours of a picture are coded, where the file says so, and what players assume where it does not. */
import type { Colour } from './input-info.ts';
import type { ProbedStream } from './probe-report.ts';

/** Names of sample formats (ffmpeg's) whose samples are no luma and chroma; grey ones use the full range as RGB does. */
const RGB_FORMATS = /^(rgb|bgr|gbr|argb|abgr|0rgb|0bgr|x2rgb|x2bgr|pal8|xyz|bayer|gray|ya\d|mono)/;
const ALPHA_FORMATS = /^(yuva|rgba|bgra|argb|abgr|gbrap|ya\d|ayuv|pal8)/;

export function readColour(stream: ProbedStream): Colour {
  const format = stream.pix_fmt ?? '';
  const isRgb = RGB_FORMATS.test(format);
  const isFullRange = stream.color_range === 'pc' || format.startsWith('yuvj');
  return {
    matrix: isRgb ? '' : known(stream.color_space) || assumedMatrix(stream),
    primaries: known(stream.color_primaries),
    transfer: known(stream.color_transfer),
    isFullRange: isFullRange || (isRgb && stream.color_range !== 'tv'),
    isRgb,
    hasAlpha: ALPHA_FORMATS.test(format),
    hasOddSides: (stream.width ?? 0) % 2 === 1 || (stream.height ?? 0) % 2 === 1,
  };
}

/** BT.601 for standard definition, BT.709 for high definition in either direction. */
function assumedMatrix({ width = 0, height = 0 }: ProbedStream): string {
  return width < 1280 && height < 720 ? 'smpte170m' : 'bt709';
}

function known(name: string | undefined): string {
  return !name || ['unknown', 'reserved', 'gbr'].includes(name) ? '' : name;
}
