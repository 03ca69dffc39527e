/** What the packager knows about an input before it encodes: the answers of one probe, in its own words. */

import type { Ratio } from '../ratio.ts';
import type { FieldOrder } from './detect-interlacing.ts';
import type { InputFile } from './input-file.ts';

export interface InputInfo extends InputFile {
  /** ffprobe's names of the format, as `mov,mp4,m4a,3gp,3g2,mj2`; empty when it has none. */
  readonly container: string;
  /** What the container says, in seconds; absent when it says nothing. */
  readonly duration?: number;
  /** Whether `duration` is written in the file rather than guessed from its size and rate. */
  readonly isDurationStated: boolean;
  /** Seconds: the file's first time stamp, which becomes 0. Ends, chapters and the like count from it. May be negative. */
  readonly start: number;
  readonly video?: VideoStream;
  /** One for each language and purpose, in order of preference. */
  readonly audio: readonly AudioStream[];
  /** Those that are text, in the order of the file. */
  readonly subtitles: readonly SubtitleStream[];
  /** In order of time; they neither overlap nor last no time. */
  readonly chapters: readonly Chapter[];
  /** What the file says about itself, by names in lower case, as `title`. Of a stranger: to be shown as text alone. */
  readonly tags: Readonly<Record<string, string>>;
  /** What a person should know of it before the work begins, one sentence each: what is unusual, lost, or left out. */
  readonly notices: readonly string[];
}

interface Stream {
  /** Position among all streams of the file. */
  readonly index: number;
  /** ffmpeg's name, as `h264`. */
  readonly codec: string;
  /** Seconds from the file's first time stamp to the end of the stream; absent when the file does not say. */
  readonly end?: number;
}

export interface VideoStream extends Stream {
  /** Size on the screen in square pixels, after rotation. */
  readonly display: Size;
  /** Whether one sample of the input becomes one pixel: no rotation by other than 180°, square, even. */
  readonly isSquare: boolean;
  readonly frameRate: Ratio;
  readonly isInterlaced: boolean;
  /** Of an interlaced picture whose frames do not say so themselves. */
  readonly unflaggedFields?: FieldOrder;
  readonly colour: Colour;
}

/** What a stream of sound or text is about. */
interface Described {
  /** BCP 47; empty when unknown. */
  readonly lang: string;
  /** What the file calls it, as `Director's commentary`; of a stranger. */
  readonly title?: string;
  /** ffmpeg's names of what it is for: `default`, `forced`, `dub`, `original`, `comment`, `hearing_impaired`, … */
  readonly dispositions: readonly string[];
}

export interface AudioStream extends Stream, Described {
  readonly channels: number;
  /** ffmpeg's name of how the channels are placed, as `5.1(side)`; absent when the file does not say. */
  readonly layout?: string;
}

export interface SubtitleStream extends Stream, Described {}

export interface Chapter {
  /** Seconds. */
  readonly start: number;
  /** Seconds. */
  readonly end: number;
  /** Empty when it has none. */
  readonly title: string;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Colour {
  /** ffmpeg's name of the matrix; what players assume when the input does not say; empty for RGB. */
  readonly matrix: string;
  /** ffmpeg's name of the primaries; empty when the input does not say. */
  readonly primaries: string;
  /** ffmpeg's name of the transfer characteristics; empty when the input does not say. */
  readonly transfer: string;
  readonly isFullRange: boolean;
  /** Whether samples are red, green and blue, or grey that may be taken for these. */
  readonly isRgb: boolean;
  /** Whether parts of the picture may be transparent. */
  readonly hasAlpha: boolean;
  /** Whether a side has an odd number of samples, so that the last chroma sample stands for one alone. */
  readonly hasOddSides: boolean;
}
