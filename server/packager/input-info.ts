/** What the packager knows about an input before it encodes: the answers of one probe, in its own words. */
import type { Ratio } from './ratio.ts';

export interface InputInfo {
  /** Absolute path. */
  readonly file: string;
  readonly name: string;
  readonly bytes: number;
  /** What the container says, in seconds; absent when it says nothing. */
  readonly duration?: number;
  /** Whether `duration` is written in the file rather than guessed from its size and rate. */
  readonly isDurationStated: boolean;
  readonly video?: VideoStream;
  /** One for each language, in the order of the file; the first is the main one. */
  readonly audio: readonly AudioStream[];
}

interface Stream {
  /** Position among all streams of the file. */
  readonly index: number;
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
  readonly colour: Colour;
}

export interface AudioStream extends Stream {
  /** BCP 47; empty when unknown. */
  readonly lang: string;
  readonly channels: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Colour {
  /** ffmpeg's name of the matrix; empty when the input does not say. */
  readonly matrix: string;
  /** ffmpeg's name of the transfer characteristics; empty when the input does not say. */
  readonly transfer: string;
  readonly isFullRange: boolean;
  readonly isRgb: boolean;
}
