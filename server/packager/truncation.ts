/** Notices that a film ends before its own end: a file that was cut off decodes without any error up to the cut. */
import type { InputInfo } from './input-info.ts';
import type { MediaSet } from './made-presentation.ts';
import { endOf } from './made-representation.ts';
import { PackagingError } from './packaging-error.ts';

/** Containers round, and a last frame or two may not decode: less than this is not a loss anyone could name. */
const TOLERANCE = 0.5;

export interface DecodedEnds {
  readonly video: readonly MediaSet[];
  readonly audio: readonly MediaSet[];
  /** Seconds of standing picture that were added behind the video. */
  readonly heldSeconds: number;
}

/** @throws PackagingError `input-truncated`; never for containers that only guess their duration. */
export function refuseTruncated(input: InputInfo, { video, audio, heldSeconds }: DecodedEnds): void {
  const announced = announcedEnd(input);
  if (announced === undefined) return;
  const [pictures, sounds] = [video, audio].map((sets) =>
    sets.flatMap((set) => set.representations.map(endOf)),
  );
  const decoded = pictures?.length ? Math.max(...pictures) - heldSeconds : Math.max(...(sounds ?? []));
  if (decoded >= announced - TOLERANCE) return;
  const [is, of] = [decoded.toFixed(1), announced.toFixed(1)];
  throw new PackagingError('input-truncated', `${input.name} is truncated: it ends at ${is} s of ${of} s.`);
}

/** The end of the leading stream when it is written down; else that of the whole file, if nothing else could cause it. */
function announcedEnd({ video, audio, duration, isDurationStated }: InputInfo): number | undefined {
  if (!isDurationStated) return undefined;
  const leading = video ?? audio[0];
  return leading?.end ?? duration;
}
