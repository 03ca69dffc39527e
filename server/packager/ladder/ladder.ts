/**
 * Chooses the rungs of a film that nothing is known of but its shape: the input's own size at the top, below it the sizes
 * that fit the usual 16:9 boxes, each with square pixels, even sides and, where whole numbers allow it, exactly the
 * input's shape. Nothing is ever enlarged. A film too small for that goes on at its smallest size with fewer bits.
 */
import type { Size, VideoStream } from '../input/input-info.ts';
import { decimalOf } from '../ratio.ts';
import { exactShape, fitInto, type Shape } from './picture-shape.ts';
import { aimFor, ceilingFor, LOWEST_AIM, pixelsOf } from './target-rate.ts';

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

/** What of the picture shapes the ladder. */
export type LadderPicture = Pick<VideoStream, 'display' | 'isSquare' | 'frameRate'>;

export interface LadderConfig {
  /** Heights of the 16:9 boxes that rungs are fitted into, tallest first. */
  readonly boxHeights: readonly number[];
  /** A rung with more than this share of the pixels of the one above is left out: nobody could tell them apart. */
  readonly nearestShare: number;
  /** Pixels; below the top there is no rung with a side shorter than this: nobody could see what it shows. */
  readonly shortestSide: number;
  /** Of H.264's rates, what each codec needs for the same picture. */
  readonly codecShare: Readonly<Record<VideoCodec, number>>;
  /** With fewer sizes than this the smallest is encoded again with fewer bits, so that slow networks find something. */
  readonly fewestRungs: number;
  /** From one such rung to the next: steps of x264's constant quality, and the share of the rate that is left. */
  readonly lowerStep: { readonly crf: number; readonly share: number };
}

/** The boxes are the sizes whose sides are multiples of 32 × 18, so that 16:9 is exact in all of them. */
export const DEFAULT_LADDER_CONFIG: LadderConfig = {
  boxHeights: [2160, 1440, 1080, 720, 540, 432, 360, 234],
  nearestShare: 0.75,
  shortestSide: 90,
  codecShare: { h264: 1, hevc: 0.7, vp9: 0.85, av1: 0.6 },
  fewestRungs: 3,
  lowerStep: { crf: 5, share: 0.6 },
};

const DEFAULT_WISH: LadderWish = { codecs: ['h264'], rateControl: 'crf', crf: 23 };

/** At least one rung for each codec: best first, and at each place the codecs as they were asked for. */
export function chooseLadder(
  video: LadderPicture,
  wish: LadderWish = DEFAULT_WISH,
  config: LadderConfig = DEFAULT_LADDER_CONFIG,
): Rung[] {
  const framesPerSecond = decimalOf(video.frameRate);
  const places = placesIn(chooseSizes(video, config), framesPerSecond, config).filter(
    ({ steps }) => steps === 0 || wish.rateControl !== 'crf' || crfAt(steps, wish, config) <= LAST_CRF,
  );
  return nameRungs(
    places.flatMap(({ size, steps }) =>
      wish.codecs.map((codec) => {
        const share = config.codecShare[codec] * config.lowerStep.share ** steps;
        const rates = {
          ceiling: Math.round(ceilingFor(size, framesPerSecond) * share),
          aim: Math.round(aimFor(size, framesPerSecond) * share),
        };
        return {
          ...size,
          codec,
          rate: rateTarget({ ...wish, crf: crfAt(steps, wish, config) }, rates),
        };
      }),
    ),
  );
}

/**
 * `video-720`, and `video-720-av1` for codecs other than H.264. Where a codec has several rungs of one height, all but
 * the first also say what they aim at: `video-720-crf29`, `video-720-1800k`.
 */
export function nameRungs(rungs: readonly Omit<Rung, 'id'>[]): Rung[] {
  const taken = new Set<string>();
  return rungs.map((rung) => {
    const plain = `video-${rung.height}${rung.codec === 'h264' ? '' : `-${rung.codec}`}`;
    const id = taken.has(plain) ? `${plain}-${describeAim(rung)}` : plain;
    taken.add(id);
    return { id, ...rung };
  });
}

function describeAim({ rate }: Pick<Rung, 'rate'>): string {
  if (rate.kind === 'crf') return `crf${rate.crf}`;
  return `${Math.round((rate.kind === 'cbr' ? rate.rate : rate.averageRate) / 1000)}k`;
}

/** Bits per second that an encoder may never exceed. */
export function highestRate(rate: RateTarget): number {
  return rate.kind === 'cbr' ? rate.rate : rate.maxRate;
}

/** Of the highest rate, the average: Apple's specification allows twice as much. */
const PEAK_BY_AVERAGE = 1.5;

/** The worst on x264's scale. */
export const LAST_CRF = 51;

function crfAt(steps: number, { crf }: Pick<LadderWish, 'crf'>, { lowerStep }: LadderConfig): number {
  return crf + steps * lowerStep.crf;
}

function rateTarget(
  { rateControl, crf }: Pick<LadderWish, 'rateControl' | 'crf'>,
  { ceiling, aim }: { ceiling: number; aim: number },
): RateTarget {
  if (rateControl === 'crf') return { kind: 'crf', crf, maxRate: ceiling };
  if (rateControl === 'vbr')
    return { kind: 'vbr', averageRate: aim, maxRate: Math.round(aim * PEAK_BY_AVERAGE) };
  return { kind: 'cbr', rate: aim };
}

/** A size, and how many steps below its usual rate. */
interface Place {
  readonly size: Size;
  readonly steps: number;
}

function placesIn(sizes: readonly Size[], framesPerSecond: number, config: LadderConfig): Place[] {
  const places: Place[] = sizes.map((size) => ({ size, steps: 0 }));
  const smallest = sizes.at(-1);
  for (let steps = 1; smallest && places.length < config.fewestRungs; steps += 1) {
    const above = ceilingFor(smallest, framesPerSecond) * config.lowerStep.share ** (steps - 1);
    if (above <= LOWEST_AIM) break;
    places.push({ size: smallest, steps });
  }
  return places;
}

/** Largest first. */
export function chooseSizes(
  video: LadderPicture,
  config: LadderConfig = DEFAULT_LADDER_CONFIG,
): [Size, ...Size[]] {
  const shape = exactShape(video.display);
  const sizes: [Size, ...Size[]] = [topSize(video, shape, config)];
  for (const height of config.boxHeights) {
    const size = fitInto(boxFor(video.display, height), shape);
    const above = sizes.at(-1) ?? size;
    const isApart = pixelsOf(size) <= config.nearestShare * pixelsOf(above);
    if (isApart && Math.min(size.width, size.height) >= config.shortestSide) sizes.push(size);
  }
  return sizes;
}

function topSize({ display, isSquare }: LadderPicture, shape: Shape, config: LadderConfig): Size {
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
