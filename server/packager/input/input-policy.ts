/** What is asked of an input before it is taken: how large it may be, and whether it must be whole. */

import { PackagingError } from '../packaging-error.ts';
import type { InputInfo } from './input-info.ts';

export interface InputPolicy {
  /** Makes a title of what still plays of a damaged input, and says what was lost, instead of refusing it. */
  readonly acceptDamage: boolean;
  /** Seconds. A file can claim any length, and a claim of years would fill the disk with a standing picture. */
  readonly longest: number;
  /** Pixels. */
  readonly longestSide: number;
  /** Pixels; decoders hold a dozen pictures at a time in memory. */
  readonly largestPicture: number;
  readonly mostStreams: number;
  /** Seconds that ffprobe may take for one question; it answers in a fraction of one unless a file misleads it. */
  readonly probeTime: number;
}

export const DEFAULT_INPUT_POLICY: InputPolicy = {
  acceptDamage: false,
  longest: 24 * 3600,
  longestSide: 16_384,
  largestPicture: 16_384 * 8_704,
  mostStreams: 256,
  probeTime: 60,
};

/** What of an input has a limit. */
export interface InputMeasure extends Pick<InputInfo, 'name' | 'duration'> {
  /** Samples as stored; 0 without a picture. */
  readonly width: number;
  readonly height: number;
  readonly streams: number;
}

/** @throws PackagingError `input-too-large` */
export function refuseTooLarge(
  { name, duration = 0, width, height, streams }: InputMeasure,
  policy: InputPolicy,
): void {
  const faults: readonly (readonly [boolean, string])[] = [
    [
      duration > policy.longest,
      `lasts ${hours(duration)} and may last ${hours(policy.longest)} (--max-hours allows more)`,
    ],
    [
      Math.max(width, height) > policy.longestSide || width * height > policy.largestPicture,
      `has a picture of ${width}×${height}, larger than anything a browser shows`,
    ],
    [streams > policy.mostStreams, `has ${streams} streams and may have ${policy.mostStreams}`],
  ];
  const fault = faults.find(([isBeyond]) => isBeyond)?.[1];
  if (fault) throw new PackagingError('input-too-large', `${name} ${fault}.`);
}

/** Rounded to tenths. */
function hours(seconds: number): string {
  return `${Math.round(seconds / 360) / 10} h`;
}
