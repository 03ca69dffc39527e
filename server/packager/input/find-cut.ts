/** Finds out before anything is encoded whether a film is cut off, and where: a download that broke, a disk that filled. */
import { type AskOptions, askFfprobe } from './ask-ffprobe.ts';
import type { InputFile } from './input-file.ts';
import { type Loss, lossAtEnd } from './loss.ts';
import { countMissingBytes } from './missing-bytes.ts';
import { endOf, type ProbedStream, type ProbeReport, startOf } from './probe-report.ts';

export interface Cut {
  /** Seconds from the file's first time stamp; absent when the film goes on to its own end. */
  readonly end?: number;
  readonly losses: readonly Loss[];
  /** Sentences. */
  readonly notices: readonly string[];
}

/** `leading` is the stream that decides how long the film is. */
export async function findCut(
  input: InputFile,
  report: ProbeReport,
  leading: ProbedStream,
  options: AskOptions,
): Promise<Cut> {
  const missing = await countMissingBytes(input.file, input.bytes);
  const announced = endOf(leading, report).end ?? Number(report.format?.duration);
  const isWhole = missing === 0 && (await isEndThere(input, report, { leading, announced }, options));
  if (isWhole) return { losses: [], notices: [] };
  const end = (await lastEnd(input, leading.index, [], options)) - startOf(report);
  const losses = lossAtEnd(Math.max(0, end), announced || end);
  if (losses.length > 0) return { end, losses, notices: [] };
  const notice = `The file is ${missing} bytes shorter than it says; all that its index names is there.`;
  return { losses, notices: missing > 0 ? [notice] : [] };
}

/** Seconds before the announced end: far more than from one frame to the next, and quickly read. */
const LAST_PART = 5;

/** Looks where an index says the end is; without an index, looking there would mean to read everything before. */
async function isEndThere(
  input: InputFile,
  report: ProbeReport,
  { leading, announced }: { readonly leading: ProbedStream; readonly announced: number },
  options: AskOptions,
): Promise<boolean> {
  if (!/\bmov\b/.test(report.format?.format_name ?? '') || !announced) return true;
  const from = Math.max(0, announced - LAST_PART) + startOf(report);
  const end = await lastEnd(input, leading.index, ['-read_intervals', `${from.toFixed(3)}%`], options);
  return lossAtEnd(end - startOf(report), announced).length === 0;
}

/** Seconds: everything that is there is read once, but not decoded. */
const SCAN_TIME = 3600;

/** When the last whole packet of a stream ends, on the file's own clock. */
async function lastEnd(
  input: InputFile,
  index: number,
  interval: readonly string[],
  options: AskOptions,
): Promise<number> {
  const question = [
    ...interval,
    ...['-select_streams', `${index}`, '-show_entries', 'packet=pts_time,duration_time'],
    ...['-of', 'default=noprint_wrappers=1'],
  ];
  const answer = await askFfprobe(input, question, { ...options, probeTime: SCAN_TIME });
  let [last, time] = [0, 0];
  for (const [name, value] of answer.split('\n').map((line) => line.split('='))) {
    const seconds = Number(value);
    if (!Number.isFinite(seconds)) continue;
    if (name === 'pts_time') time = seconds;
    last = Math.max(last, name === 'duration_time' ? time + seconds : time);
  }
  return last;
}
