/**
 * Chooses the rungs: the input's own size at the top, below it the sizes that fit the usual 16:9 boxes, each with square
 * pixels, even sides and, where whole numbers allow it, exactly the input's shape. Nothing is ever enlarged.
 */
import type { Size, VideoStream } from './input-info.ts';
import { exactShape, fitInto, type Shape } from './picture-shape.ts';
import { decimalOf } from './ratio.ts';

/** One video encoding target. */
export interface Rung extends Size {
  /** Names the representation and its file; unique in the ladder. */
  readonly id: string;
  /** Bits per second that the encoder may not exceed for longer than its buffer. */
  readonly maxRate: number;
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
}

/** The boxes are the sizes whose sides are multiples of 32 × 18, so that 16:9 is exact in all of them. */
export const DEFAULT_LADDER_CONFIG: LadderConfig = {
  boxHeights: [2160, 1440, 1080, 720, 540, 432, 360, 234],
  nearestShare: 0.75,
  shortestSide: 90,
  bitsPerPixel: 0.1,
};

/** At least one rung, largest first. */
export function chooseLadder(
  video: Pick<VideoStream, 'display' | 'isSquare' | 'frameRate'>,
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
  return sizes.map((size) => ({
    id: `video-${size.height}`,
    ...size,
    maxRate: ceilingFor(size, decimalOf(video.frameRate), config),
  }));
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
