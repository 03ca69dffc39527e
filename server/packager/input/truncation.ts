/** Notices behind the encoder that a film ends before its own end: a file that was cut off decodes without any error up to the cut. */

import type { MediaSet } from '../made-presentation.ts';
import { endOf } from '../made-representation.ts';
import type { InputInfo } from './input-info.ts';
import { type Loss, lossAtEnd } from './loss.ts';

export interface DecodedEnds {
  readonly video: readonly MediaSet[];
  readonly audio: readonly MediaSet[];
  /** Seconds of standing picture that were added behind the video. */
  readonly heldSeconds: number;
}

/** None for containers that only guess their duration. */
export function findTruncation(input: InputInfo, { video, audio, heldSeconds }: DecodedEnds): Loss[] {
  const { video: picture, audio: sounds, duration, isDurationStated } = input;
  const announced = (picture ?? sounds[0])?.end ?? duration;
  if (!isDurationStated || announced === undefined) return [];
  const ends = (sets: readonly MediaSet[]): number[] => sets.flatMap((set) => set.representations.map(endOf));
  const decoded = video.length > 0 ? Math.max(...ends(video)) - heldSeconds : Math.max(...ends(audio));
  return lossAtEnd(decoded, announced);
}
