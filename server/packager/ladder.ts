/**
 * Chooses the rungs: the input's own size at the top, below it the sizes that fit the usual 16:9 boxes, each with square
 * pixels, even sides and, where whole numbers allow it, exactly the input's shape. Nothing is ever enlarged.
 */
import type { Size, VideoStream } from './input-info.ts';
import { exactShape, fitInto, type Shape } from './picture-shape.ts';
import { decimalOf } from './ratio.ts';

export type VideoCodec = 'h264' | 'hevc' | 'vp9' | 'av1';

/**
 * What the encoder aims at; rates in bits per second. The highest rate is kept over a buffer of 2 s of it.
 * - `crf`: constant quality under a ceiling. `crf` is on x264's scale for every codec; the encoder's own number is chosen
 *   to look alike.
 * - `vbr`: an average over the film, spent where the picture needs it.
 * - `cbr`: the same rate at all times.
 */
export type RateTarget =
  | { readonly kind: 'crf'; readonly crf: number; readonly maxRate: number }
  | { readonly kind: 'vbr'; readonly averageRate: number; readonly maxRate: number }
  | { readonly kind: 'cbr'; readonly rate: number };

/** One video encoding target. */
export interface Rung extends Size {
  /** Names the representation and its file; unique in the ladder. */
  readonly id: string;
  readonly codec: VideoCodec;
  readonly rate: RateTarget;
}

/** What of the packaging's configuration shapes the ladder. */
export interface LadderWish {
  /** At least one. */
  readonly codecs: readonly VideoCodec[];
  readonly rateControl: RateTarget['kind'];
  readonly crf: number;
}

export interface LadderConfig {
  /** Heights of the 16:9 boxes that rungs are fitted into, tallest first. */
  readonly boxHeights: readonly number[];
  /** A rung with more than this share of the pixels of the one above is left out: nobody could tell them apart. */
  readonly nearestShare: number;
  /** Pixels; below the top there is no rung with a side shorter than this: nobody could see what it shows. */
  readonly shortestSide: number;
  /** Bits per pixel of a frame at 30 frames a second that the ceiling allows. 0.1 gives 6.2 Mbit/s for 1080p. */
  readonly bitsPerPixel: number;
  /** Of the ceiling, what `vbr` spends on average and `cbr` at all times. */
  readonly averageShare: number;
  /** Of H.264's rates, what each codec needs for the same picture. */
  readonly codecShare: Readonly<Record<VideoCodec, number>>;
}

/** The boxes are the sizes whose sides are multiples of 32 × 18, so that 16:9 is exact in all of them. */
export const DEFAULT_LADDER_CONFIG: LadderConfig = {
  boxHeights: [2160, 1440, 1080, 720, 540, 432, 360, 234],
  nearestShare: 0.75,
  shortestSide: 90,
  bitsPerPixel: 0.1,
  averageShare: 0.6,
  codecShare: { h264: 1, hevc: 0.7, vp9: 0.7, av1: 0.6 },
};

const DEFAULT_WISH: LadderWish = { codecs: ['h264'], rateControl: 'crf', crf: 23 };

/** At least one rung for each codec: largest size first, and for each size the codecs as they were asked for. */
export function chooseLadder(
  video: Pick<VideoStream, 'display' | 'isSquare' | 'frameRate'>,
  wish: LadderWish = DEFAULT_WISH,
  config: LadderConfig = DEFAULT_LADDER_CONFIG,
): Rung[] {
  const shape = exactShape(video.display);
  const sizes: Size[] = [topSize(video, shape, config)];
  for (const height of config.boxHeights) {
    const size = fitInto(boxFor(video.display, height), shape);
    const above = sizes.at(-1) ?? size;
    const isApart = pixels(size) <= config.nearestShare * pixels(above);
    if (isApart && Math.min(size.width, size.height) >= config.shortestSide) sizes.push(size);
  }
  return sizes.flatMap((size) => {
    const ceiling = ceilingFor(size, decimalOf(video.frameRate), config);
    return wish.codecs.map((codec) => ({
      id: codec === 'h264' ? `video-${size.height}` : `video-${size.height}-${codec}`,
      ...size,
      codec,
      rate: rateTargetFor(Math.round(ceiling * config.codecShare[codec]), wish, config),
    }));
  });
}

function rateTargetFor(ceiling: number, { rateControl, crf }: LadderWish, config: LadderConfig): RateTarget {
  const average = Math.round(ceiling * config.averageShare);
  if (rateControl === 'crf') return { kind: 'crf', crf, maxRate: ceiling };
  if (rateControl === 'vbr') return { kind: 'vbr', averageRate: average, maxRate: ceiling };
  return { kind: 'cbr', rate: average };
}

function topSize(
  { display, isSquare }: Pick<VideoStream, 'display' | 'isSquare'>,
  shape: Shape,
  config: LadderConfig,
): Size {
  const box = boxFor(display, config.boxHeights[0] ?? display.height);
  const isWithinBox = display.width <= box.width && display.height <= box.height;
  if (isWithinBox) return isSquare ? display : fitInto(display, shape);
  return fitInto(box, shape);
}

/** The box of 16:9 with this height; turned for pictures that are taller than wide, and never larger than the picture. */
function boxFor(display: Size, height: number): Size {
  const width = (height * 16) / 9;
  const box = display.height > display.width ? { width: height, height: width } : { width, height };
  return { width: Math.min(box.width, display.width), height: Math.min(box.height, display.height) };
}

/**
 * Grows with the pixels; beyond 30 frames a second with the square root of the frames, as they resemble each other more;
 * below, with fewer frames, it stays: it is a ceiling, and constant quality spends what the picture needs.
 */
function ceilingFor(size: Size, framesPerSecond: number, config: LadderConfig): number {
  const frames = framesPerSecond <= 30 ? 30 : 30 * Math.sqrt(framesPerSecond / 30);
  return Math.max(LOWEST_CEILING, Math.ceil((pixels(size) * config.bitsPerPixel * frames) / 1000) * 1000);
}

/** Below this the headers alone fill the rate. */
const LOWEST_CEILING = 50_000;

function pixels(size: Size): number {
  return size.width * size.height;
}
