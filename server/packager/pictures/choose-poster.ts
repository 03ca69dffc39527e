/** Chooses the picture that stands for a film: one with much to see, like the rest of it, neither dark nor blurred. */
import type { PictureMeasure } from './measure-pictures.ts';

export interface MeasuredPicture extends PictureMeasure {
  /** Seconds. */
  readonly time: number;
}

/** Shares of the film that open it with names, and close it with its end and more of them. */
const OPENING = 0.03;
const CLOSING = 0.3;

/** Mean greys between which a picture is easy to see. */
const DARK = 0.2;
const BRIGHT = 0.75;

/** `undefined` when there is none; `duration` of the film in seconds. */
export function choosePoster(
  pictures: readonly MeasuredPicture[],
  duration: number,
): MeasuredPicture | undefined {
  const usualSharpness = median(pictures.map(({ sharpness }) => sharpness));
  const scoreOf = (picture: MeasuredPicture): number =>
    picture.variety *
    picture.likeness *
    easeOf(picture.brightness) *
    crispnessOf(picture.sharpness, usualSharpness) *
    (0.5 + 0.5 * picture.stillness) *
    (isInside(picture.time, duration) ? 1 : 0.5);
  const scores = pictures.map(scoreOf);
  return pictures[scores.indexOf(Math.max(...scores))];
}

function isInside(time: number, duration: number): boolean {
  return time >= OPENING * duration && time <= (1 - CLOSING) * duration;
}

/** 1 in the middle, falling to 0 for black and for white. */
function easeOf(brightness: number): number {
  if (brightness < DARK) return brightness / DARK;
  return brightness > BRIGHT ? (1 - brightness) / (1 - BRIGHT) : 1;
}

/** Half as sharp as usual counts half; sharper than usual is often only foliage, and counts no more. */
function crispnessOf(sharpness: number, usual: number): number {
  return usual > 0 ? Math.min(1, sharpness / usual) : 1;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
