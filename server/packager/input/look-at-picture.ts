/** Learns what a chosen picture looks like, where the probe's own words are not enough: its rate and its fields. */

import { formatRate } from '../ratio.ts';
import type { AskOptions } from './ask-ffprobe.ts';
import { detectInterlacing, mayBeInterlaced, type Sampling } from './detect-interlacing.ts';
import type { InputFile } from './input-file.ts';
import type { VideoStream } from './input-info.ts';
import type { Loss } from './loss.ts';
import { measureFrameRate } from './measure-frame-rate.ts';
import type { ProbedStream, ProbeReport } from './probe-report.ts';
import { readVideoStream } from './read-video-stream.ts';

export interface SeenPicture {
  readonly video: VideoStream;
  /** Whether it is one picture that nothing says how long to show. */
  readonly isStill: boolean;
  readonly losses: readonly Loss[];
  /** Sentences. */
  readonly notices: readonly string[];
}

export async function lookAtPicture(
  stream: ProbedStream,
  { input, report }: { readonly input: InputFile; readonly report: ProbeReport },
  options: AskOptions,
): Promise<SeenPicture> {
  const told = readVideoStream(stream, report);
  const sampling: Sampling = {
    index: stream.index,
    height: stream.height ?? 0,
    codec: told.codec,
    ...(told.end === undefined ? {} : { duration: told.end }),
  };
  const isUnsure = !told.isInterlaced && mayBeInterlaced(sampling);
  const fields = isUnsure ? await detectInterlacing(input, sampling, options) : undefined;
  const isInterlaced = told.isInterlaced || fields !== undefined;
  const { frameRate, isEven, isStill } = await measureFrameRate({ stream, isInterlaced }, input, options);
  const rate = formatRate(frameRate);
  return {
    video: { ...told, isInterlaced, frameRate, ...(fields ? { unflaggedFields: fields } : {}) },
    isStill,
    losses: describeColourLoss(stream),
    notices: [
      ...(fields ? ['Its picture is interlaced, though it says otherwise; it was made whole.'] : []),
      ...(isEven
        ? []
        : [`The frames of its picture come at uneven times; they were brought to ${rate} a second.`]),
    ],
  };
}

/** Profile 5 has no picture that can be shown without its metadata (Dolby Vision profiles and levels, table 2). */
const DOLBY_VISION_ALONE = 5;

function describeColourLoss(stream: ProbedStream): Loss[] {
  const isAlone = stream.side_data_list?.some((data) => data.dv_profile === DOLBY_VISION_ALONE);
  const fact = 'the colours of its picture are Dolby Vision profile 5, which this ffmpeg cannot convert';
  return isAlone ? [{ code: 'input-damaged', fact }] : [];
}
