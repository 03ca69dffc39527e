/** The filters that make whole pictures out of fields. */
import type { VideoStream } from '../input/input-info.ts';

/** One picture for each frame, in the sample format of the input: chroma of fields must not be scaled before. */
export function deinterlace({ isInterlaced, unflaggedFields }: VideoStream): string[] {
  if (!isInterlaced) return [];
  return unflaggedFields
    ? [`bwdif=mode=send_frame:parity=${unflaggedFields}:deint=all`]
    : ['bwdif=mode=send_frame:deint=interlaced'];
}
