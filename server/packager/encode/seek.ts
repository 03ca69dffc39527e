/**
 * How a job comes to its part of the input. Decoding begins some way before it, so that everything that its first frames
 * are made of has been seen; what is too early is dropped later, on the grid of the whole film.
 */

import { INPUT_GUARD } from '../input/input-guard.ts';
import { decimalOf, type Ratio } from '../ratio.ts';
import type { Chunk } from './chunks.ts';

/** What jobs read: the input itself, or a copy of its streams that can be sought in. */
export interface JobSource {
  readonly file: string;
  /** Options of every job: what keeps ffmpeg from reading anything else, and what its clock is. */
  readonly options: readonly string[];
  /** Options that chunks need besides, so that their clock is that of the film. */
  readonly chunkOptions: readonly string[];
}

/** The film's clock begins at the input's first time stamp. Without these options ffmpeg also mends clocks that jump. */
export function inputItself(file: string): JobSource {
  return { file, options: INPUT_GUARD, chunkOptions: ['-copyts', '-start_at_zero'] };
}

/** A copy is NUT: it takes any codec, has an index, and keeps every time stamp, which are those of the film's clock. */
export function copyIn(file: string): JobSource {
  const guard = ['-protocol_whitelist', 'file', '-format_whitelist', 'nut'];
  return { file, options: [...guard, '-copyts', '-seek_timestamp', '1'], chunkOptions: [] };
}

/** Containers with an index of their own that says which frame is where. In others a place is guessed from rates. */
const INDEXED = /\b(mov|matroska|nut)\b/;

/** `container` is ffprobe's name of the format. */
export function isSeekable(container: string): boolean {
  return INDEXED.test(container);
}

/** Pictures are stored up to this many frames before they are shown. */
const REORDERED_FRAMES = 16;
const SHORTEST_MARGIN = 2;

/** Nothing that is decoded is thrown away before the filters see it. */
export function seekOptions({ startFrame }: Chunk, frameRate: Ratio): string[] {
  const margin = Math.max(SHORTEST_MARGIN, REORDERED_FRAMES / decimalOf(frameRate));
  const start = startFrame / decimalOf(frameRate) - margin;
  return start > 0 ? ['-noaccurate_seek', '-ss', start.toFixed(3)] : [];
}
