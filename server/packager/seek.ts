/**
 * How a job comes to its part of the input. Decoding begins some way before it, so that everything that its first frames
 * are made of has been seen; what is too early is dropped later, on the grid of the whole film.
 */
import type { Chunk } from './chunks.ts';
import { INPUT_GUARD } from './input-guard.ts';
import { decimalOf, type Ratio } from './ratio.ts';

/** What jobs read: the input itself, or a copy of its streams that can be sought in. */
export interface JobSource {
  readonly file: string;
  /** Keeps ffmpeg from reading anything else. */
  readonly guard: readonly string[];
}

export function inputItself(file: string): JobSource {
  return { file, guard: INPUT_GUARD };
}

/** A copy is NUT: it takes any codec, keeps every time stamp, and has an index. */
export function copyIn(file: string): JobSource {
  return { file, guard: ['-protocol_whitelist', 'file', '-format_whitelist', 'nut'] };
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

/**
 * Time stamps stay those of the film (counted from its start, as they are without a seek), and nothing that is decoded is
 * thrown away before the filters see it. A film in one piece needs none of it: ffmpeg then also mends clocks that jump.
 */
export function seekOptions(
  chunks: readonly Chunk[],
  { startFrame }: Chunk,
  frameRate: Ratio,
  isFromStart: boolean,
): string[] {
  if (chunks.length === 1) return [];
  const onFilmClock = ['-copyts', '-start_at_zero'];
  const margin = Math.max(SHORTEST_MARGIN, REORDERED_FRAMES / decimalOf(frameRate));
  const start = startFrame / decimalOf(frameRate) - margin;
  if (isFromStart || start <= 0) return onFilmClock;
  return [...onFilmClock, '-noaccurate_seek', '-ss', start.toFixed(3)];
}
