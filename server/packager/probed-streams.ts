/** Reads ffprobe's JSON: which streams are worth packaging, and what they look and sound like. */
import type { AudioStream, Colour, Size, VideoStream } from './input-info.ts';
import { languageTag } from './language-tag.ts';
import { decimalOf, parseRatio, type Ratio, ratio } from './ratio.ts';

/** The parts of ffprobe's answer that are read here; each may be missing in a damaged file. */
export interface ProbeReport {
  readonly format?: {
    readonly format_name?: string;
    readonly duration?: string;
    readonly start_time?: string;
  };
  readonly streams?: readonly ProbedStream[];
  readonly packets?: readonly { readonly pts_time?: string }[];
}

export interface ProbedStream {
  readonly index: number;
  readonly codec_type?: string;
  readonly codec_name?: string;
  readonly width?: number;
  readonly height?: number;
  readonly sample_aspect_ratio?: string;
  readonly r_frame_rate?: string;
  readonly avg_frame_rate?: string;
  readonly field_order?: string;
  readonly pix_fmt?: string;
  readonly color_range?: string;
  readonly color_space?: string;
  readonly color_transfer?: string;
  readonly start_time?: string;
  readonly duration?: string;
  readonly sample_rate?: string;
  readonly channels?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly disposition?: Readonly<Record<string, number>>;
  readonly side_data_list?: readonly { readonly rotation?: number }[];
}

/** The picture to package and the stream it was read from; cover images and tracks without a size are passed over. */
export function readVideoStream(
  report: ProbeReport,
): { stream: ProbedStream; picture: Omit<VideoStream, 'frameRate'> } | undefined {
  const candidates = (report.streams ?? []).filter(
    (stream) =>
      stream.codec_type === 'video' &&
      isDecodable(stream) &&
      !stream.disposition?.['attached_pic'] &&
      Boolean(stream.width && stream.height),
  );
  const stream = candidates.find((candidate) => candidate.disposition?.['default']) ?? candidates[0];
  return stream && { stream, picture: readPicture(stream, report) };
}

/** One audio stream for each language; of several in one language the default one, else the first. */
export function readAudioStreams(report: ProbeReport): AudioStream[] {
  const candidates = (report.streams ?? []).filter(
    (stream) => stream.codec_type === 'audio' && isDecodable(stream) && Boolean(stream.channels),
  );
  const byDefault = [...candidates].sort((a, b) => isDefault(b) - isDefault(a) || a.index - b.index);
  const chosen = new Map<string, AudioStream>();
  for (const stream of byDefault) {
    const lang = languageTag(stream.tags?.['language']);
    if (chosen.has(lang)) continue;
    chosen.set(lang, { index: stream.index, lang, channels: stream.channels ?? 0, ...endOf(stream, report) });
  }
  return [...chosen.values()];
}

function isDefault(stream: ProbedStream): number {
  return stream.disposition?.['default'] ?? 0;
}

function isDecodable(stream: ProbedStream): boolean {
  return Boolean(stream.codec_name) && stream.codec_name !== 'unknown' && stream.codec_name !== 'none';
}

function readPicture(stream: ProbedStream, report: ProbeReport): Omit<VideoStream, 'frameRate'> {
  const width = stream.width ?? 0;
  const height = stream.height ?? 0;
  const sampleShape = readSampleShape(stream);
  const display = squarePixels({ width, height }, decimalOf(sampleShape));
  const isTurned = Math.abs(rotationOf(stream)) % 180 === 90;
  return {
    index: stream.index,
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

function readColour(stream: ProbedStream): Colour {
  const format = stream.pix_fmt ?? '';
  return {
    matrix: known(stream.color_space),
    transfer: known(stream.color_transfer),
    isFullRange: stream.color_range === 'pc' || format.startsWith('yuvj'),
    isRgb: /^(rgb|bgr|gbr|argb|abgr|0rgb|0bgr|pal8)/.test(format),
  };
}

function known(name: string | undefined): string {
  return !name || name === 'unknown' || name === 'reserved' ? '' : name;
}

function endOf(stream: ProbedStream, report: ProbeReport): { end?: number } {
  const duration = Number(stream.duration) || clockSeconds(stream.tags?.['DURATION']);
  const start = Number(stream.start_time) - Number(report.format?.start_time ?? 0);
  return duration && duration > 0 ? { end: duration + (Number.isFinite(start) ? start : 0) } : {};
}

/** Reads Matroska's `00:01:10.542000000`. */
function clockSeconds(text: string | undefined): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(text ?? '') ?? [];
  return hours ? Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) : undefined;
}
