/** Decides how many thumbnails a film gets, how large they are, and how cheaply they can be had. */
import type { Size } from '../input/input-info.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import { decimalOf } from '../ratio.ts';

export interface ThumbnailPlan extends Size {
  /** Seconds from one thumbnail to the next. */
  readonly interval: number;
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  /** Positions of the segments that have to be read: all, or every n-th where the first picture of each is enough. */
  readonly segments: readonly number[];
  readonly isKeyframesOnly: boolean;
}

export interface ThumbnailConfig {
  /** Pixels of one thumbnail, whatever its shape. */
  readonly pixels: number;
  /** Thumbnails of a short film: enough for a pixel-wide step on a usual time line. */
  readonly wanted: number;
  /** Seconds between two, at least and (for a long film) at most; beyond `most` pictures the interval grows again. */
  readonly shortest: number;
  readonly longest: number;
  readonly most: number;
  /** Thumbnails in a row and in a column of a file: 25 are about 100 kB, which a preview has to wait for. */
  readonly side: number;
}

export const DEFAULT_THUMBNAIL_CONFIG: ThumbnailConfig = {
  pixels: 160 * 90,
  wanted: 150,
  shortest: 1,
  longest: 10,
  most: 1000,
  side: 5,
};

/** `film` is the representation that the pictures are taken from; `duration` is the presentation's, in seconds. */
export function planThumbnails(
  film: Pick<MadeRepresentation, 'segments' | 'track' | 'frameRate'>,
  picture: Size,
  duration: number,
  config: ThumbnailConfig = DEFAULT_THUMBNAIL_CONFIG,
): ThumbnailPlan {
  const least = duration / config.most;
  const wanted = Math.max(
    least,
    Math.min(Math.max(duration / config.wanted, config.shortest), config.longest),
  );
  const onKeyframes = intervalOfKeyframes(film, wanted, least);
  const interval =
    onKeyframes ?? Math.max(Math.round(wanted), Math.ceil(least), Math.ceil(frameSeconds(film)));
  const count = Math.max(1, Math.ceil(duration / interval - ROUNDING));
  const columns = Math.min(config.side, count);
  return {
    ...thumbnailSize(picture, config.pixels),
    interval,
    count,
    columns,
    rows: Math.min(config.side, Math.ceil(count / columns)),
    segments: onKeyframes === undefined ? film.segments.map((_, i) => i) : segmentsAt(film, interval, count),
    isKeyframesOnly: onKeyframes !== undefined,
  };
}

/** Of a division: less than a tick of any clock. */
const ROUNDING = 1e-6;

/** An interval is not stretched by more than this only because keyframes are cheap. */
const MOST_STRETCHED = 4 / 3;

/**
 * The multiple of the segments' length that is nearest to what is wanted, in seconds. `undefined` where segments are too
 * long for that, or not all of one length: keyframes then are not where thumbnails should be.
 */
function intervalOfKeyframes(
  { segments, track }: Pick<MadeRepresentation, 'segments' | 'track'>,
  wanted: number,
  least: number,
): number | undefined {
  const lengthTicks = segments[1]?.startTicks;
  if (!lengthTicks || segments.some(({ startTicks }, i) => startTicks !== i * lengthTicks)) return undefined;
  const length = lengthTicks / track.timescale;
  if (length > wanted * MOST_STRETCHED) return undefined;
  return Math.max(Math.round(wanted / length), Math.ceil(least / length - ROUNDING)) * length;
}

/** A last segment may hold two keyframes, so a segment is looked for by time. */
function segmentsAt(
  { segments, track }: Pick<MadeRepresentation, 'segments' | 'track'>,
  interval: number,
  count: number,
): number[] {
  const positions = Array.from({ length: count }, (_, k) => {
    const ticks = Math.round(k * interval * track.timescale);
    return segments.findLastIndex(({ startTicks }) => startTicks <= ticks);
  });
  return [...new Set(positions)];
}

function frameSeconds({ frameRate }: Pick<MadeRepresentation, 'frameRate'>): number {
  return frameRate ? 1 / decimalOf(frameRate) : 0;
}

/** Of the picture's shape and about as many pixels; even, and never larger than the picture. */
function thumbnailSize({ width, height }: Size, pixels: number): Size {
  const scale = Math.min(1, Math.sqrt(pixels / (width * height)));
  const even = (side: number): number => Math.max(2, 2 * Math.round((side * scale) / 2));
  return { width: even(width), height: even(height) };
}
