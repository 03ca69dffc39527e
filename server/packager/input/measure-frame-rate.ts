/** Finds the constant frame rate for a picture, looking at the times of its frames where its own word is not enough. */

import { parseRatio } from '../ratio.ts';
import { type AskOptions, askFfprobe } from './ask-ffprobe.ts';
import { chooseFrameRate, type FrameTiming, isConstant } from './frame-rate.ts';
import type { InputFile } from './input-file.ts';
import type { ProbedStream } from './probe-report.ts';

/** `isStill`: there is one frame, and nothing says how long it is to be shown. */
export async function measureFrameRate(
  { stream, isInterlaced }: { readonly stream: ProbedStream; readonly isInterlaced: boolean },
  input: InputFile,
  options: AskOptions,
): Promise<FrameTiming & { readonly isStill: boolean }> {
  const rates = { nominal: parseRatio(stream.r_frame_rate), average: parseRatio(stream.avg_frame_rate) };
  const times = isConstant(rates) ? [] : await firstTimes(stream.index, input, options);
  return { ...chooseFrameRate({ ...rates, times, isInterlaced }), isStill: times.length === 1 };
}

/** Enough to tell the usual distance between frames, in a film that begins with a still as well. */
const LOOKED_AT_FRAMES = 600;

async function firstTimes(index: number, input: InputFile, options: AskOptions): Promise<number[]> {
  const question = [
    ...['-select_streams', `${index}`, '-show_entries', 'packet=pts_time', '-of', 'csv=p=0'],
    ...['-read_intervals', `%+#${LOOKED_AT_FRAMES}`],
  ];
  const answer = await askFfprobe(input, question, options);
  return answer
    .split(/[\n,]+/)
    .filter((text) => text !== '')
    .map(Number)
    .filter(Number.isFinite);
}
