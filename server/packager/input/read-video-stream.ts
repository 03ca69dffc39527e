/** Chooses the picture to package among the streams that ffprobe found, and says what it looks like. */

import { decimalOf, parseRatio, type Ratio, ratio } from '../ratio.ts';
import type { Size, VideoStream } from './input-info.ts';
import { endOf, inDefaultOrder, type ProbedStream, type ProbeReport } from './probe-report.ts';
import { readColour } from './read-colour.ts';

/** Streams that may be the picture, in order of preference; cover images and tracks without a size are passed over. */
export function findPictures(report: ProbeReport): ProbedStream[] {
  const candidates = (report.streams ?? []).filter(
    (stream) =>
      stream.codec_type === 'video' &&
      !stream.disposition?.['attached_pic'] &&
      Boolean(stream.width && stream.height),
  );
  return inDefaultOrder(candidates);
}

/** What one stream alone tells; when its frames come, and whether they are interlaced in secret, is asked for apart. */
export function readVideoStream(stream: ProbedStream, report: ProbeReport): Omit<VideoStream, 'frameRate'> {
  const width = stream.width ?? 0;
  const height = stream.height ?? 0;
  const sampleShape = readSampleShape(stream);
  const display = squarePixels({ width, height }, decimalOf(sampleShape));
  const isTurned = Math.abs(rotationOf(stream)) % 180 === 90;
  return {
    index: stream.index,
    codec: stream.codec_name ?? '',
    display: isTurned ? { width: display.height, height: display.width } : display,
    isSquare: decimalOf(sampleShape) === 1 && width % 2 === 0 && height % 2 === 0,
    isInterlaced: ['tt', 'bb', 'tb', 'bt'].includes(stream.field_order ?? ''),
    colour: readColour(stream),
    ...endOf(stream, report),
  };
}

/** Beyond this a shape is not meant, but wrong; no player would show it so either. */
const MOST_STRETCHED = 4;

function readSampleShape(stream: ProbedStream): Ratio {
  const shape = parseRatio(stream.sample_aspect_ratio) ?? ratio(1, 1);
  const stretch = decimalOf(shape);
  return stretch > MOST_STRETCHED || stretch < 1 / MOST_STRETCHED ? ratio(1, 1) : shape;
}

/** Widens or heightens so that no sample is lost. */
function squarePixels({ width, height }: Size, sampleShape: number): Size {
  return sampleShape >= 1 ? { width: width * sampleShape, height } : { width, height: height / sampleShape };
}

/** Degrees, a multiple of 90. */
function rotationOf(stream: ProbedStream): number {
  const side = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation;
  const degrees = side ?? Number(stream.tags?.['rotate'] ?? 0);
  return Number.isFinite(degrees) ? Math.round(degrees / 90) * 90 : 0;
}
