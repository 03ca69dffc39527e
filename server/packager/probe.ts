/** Asks ffprobe once what an input is, and keeps what the packager needs to decide. */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { chooseFrameRate, isConstant } from './frame-rate.ts';
import { explainRefusal, INPUT_GUARD } from './input-guard.ts';
import type { InputInfo, VideoStream } from './input-info.ts';
import { PackagingError } from './packaging-error.ts';
import { type ProbedStream, type ProbeReport, startOf } from './probe-report.ts';
import { parseRatio } from './ratio.ts';
import { readAudioStreams } from './read-audio-streams.ts';
import { readChapters } from './read-chapters.ts';
import { readSubtitles } from './read-subtitles.ts';
import { readVideoStream } from './read-video-stream.ts';
import { runTool, type Tools } from './tools.ts';

/**
 * @throws PackagingError `input-missing`, `input-unreadable` or `nothing-to-play`; ToolError when ffprobe itself fails.
 */
export async function probe(path: string, tools: Tools, signal: AbortSignal): Promise<InputInfo> {
  const file = resolve(path);
  const bytes = await sizeOfInput(file);
  const report = await askFfprobe(file, ['-show_format', '-show_streams', '-show_chapters'], tools, signal);
  const video = await readVideo(report, file, tools, signal);
  const audio = readAudioStreams(report);
  if (!video && audio.length === 0) {
    throw new PackagingError(
      'nothing-to-play',
      `${basename(file)} has neither video nor audio that can be decoded.`,
    );
  }
  const duration = Number(report.format?.duration) || undefined;
  const container = report.format?.format_name ?? '';
  return {
    file,
    name: basename(file),
    bytes,
    container,
    isDurationStated: STATING_FORMATS.test(container),
    start: startOf(report),
    audio,
    subtitles: readSubtitles(report),
    chapters: readChapters(report),
    tags: readTags(report),
    ...(duration && duration > 0 ? { duration } : {}),
    ...(video ? { video } : {}),
  };
}

/** Containers that have their duration written down; of all others ffprobe's number may be an estimate. */
const STATING_FORMATS = /\b(mov|matroska|avi|flv|asf|wav)\b/;

function readTags(report: ProbeReport): Record<string, string> {
  const entries = Object.entries(report.format?.tags ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}

async function sizeOfInput(file: string): Promise<number> {
  const name = basename(file);
  try {
    const status = await stat(file);
    if (status.isDirectory())
      throw new PackagingError('input-missing', `${name} is a directory, not a file.`);
    if (!status.isFile()) throw new PackagingError('input-missing', `${name} is not a regular file.`);
    if (status.size === 0) throw new PackagingError('input-unreadable', `${name} is empty.`);
    return status.size;
  } catch (error) {
    if (error instanceof PackagingError) throw error;
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const fault = isAbsent ? `There is no file ${file}.` : `${file} cannot be read: ${String(error)}`;
    throw new PackagingError('input-missing', fault, error);
  }
}

async function askFfprobe(
  file: string,
  questions: readonly string[],
  tools: Tools,
  signal: AbortSignal,
): Promise<ProbeReport> {
  const args = ['-v', 'error', '-of', 'json', ...questions, ...INPUT_GUARD, '-i', file];
  try {
    const { stdout } = await runTool(tools.ffprobe, args, { signal });
    return JSON.parse(stdout) as ProbeReport;
  } catch (error) {
    throw await explainRefusal(error, file);
  }
}

async function readVideo(
  report: ProbeReport,
  file: string,
  tools: Tools,
  signal: AbortSignal,
): Promise<VideoStream | undefined> {
  const found = readVideoStream(report);
  if (!found) return undefined;
  const rates = {
    nominal: parseRatio(found.stream.r_frame_rate),
    average: parseRatio(found.stream.avg_frame_rate),
  };
  const times = isConstant(rates) ? [] : await firstTimes(found.stream, file, tools, signal);
  return { ...found.picture, frameRate: chooseFrameRate({ ...rates, times }) };
}

/** Enough to tell the usual distance between frames, in a film that begins with a still as well. */
const LOOKED_AT_FRAMES = 600;

async function firstTimes(
  stream: ProbedStream,
  file: string,
  tools: Tools,
  signal: AbortSignal,
): Promise<number[]> {
  const report = await askFfprobe(
    file,
    [
      '-select_streams',
      `${stream.index}`,
      '-show_entries',
      'packet=pts_time',
      '-read_intervals',
      `%+#${LOOKED_AT_FRAMES}`,
    ],
    tools,
    signal,
  );
  return (report.packets ?? []).map((packet) => Number(packet.pts_time)).filter(Number.isFinite);
}
