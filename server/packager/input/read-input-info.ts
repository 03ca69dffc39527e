/** Puts together what is known of an input. */
import type { ChosenStreams } from './choose-streams.ts';
import type { InputFile } from './input-file.ts';
import type { InputInfo, VideoStream } from './input-info.ts';
import type { InputMeasure } from './input-policy.ts';
import { endOf, type ProbeReport, startOf } from './probe-report.ts';
import { readAudioStream } from './read-audio-streams.ts';
import { readChapters } from './read-chapters.ts';
import { readSubtitles } from './read-subtitles.ts';

export function readInputInfo(
  input: InputFile,
  report: ProbeReport,
  { picture, sounds }: Pick<ChosenStreams, 'picture' | 'sounds'>,
): Omit<InputInfo, 'video' | 'notices'> {
  const ends = [picture, ...sounds].flatMap((stream) => (stream ? (endOf(stream, report).end ?? []) : []));
  const duration = ends.length > 0 ? Math.max(...ends) : Number(report.format?.duration) || 0;
  const container = report.format?.format_name ?? '';
  return {
    ...input,
    container,
    start: startOf(report),
    isDurationStated: STATING_FORMATS.test(container),
    audio: sounds.map((stream) => readAudioStream(stream, report)),
    subtitles: readSubtitles(report),
    chapters: readChapters(report),
    tags: readTags(report),
    ...(duration > 0 ? { duration } : {}),
  };
}

/** Containers that have their duration written down; of all others ffprobe's number may be an estimate. */
const STATING_FORMATS = /\b(mov|matroska|avi|flv|asf|wav)\b/;

function readTags(report: ProbeReport): Record<string, string> {
  const entries = Object.entries(report.format?.tags ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}

/** The largest of everything that has a limit. */
export function measureInput({ name }: InputFile, report: ProbeReport): InputMeasure {
  const streams = report.streams ?? [];
  return {
    name,
    duration: Number(report.format?.duration) || 0,
    width: Math.max(0, ...streams.map((stream) => stream.width ?? 0)),
    height: Math.max(0, ...streams.map((stream) => stream.height ?? 0)),
    streams: streams.length,
  };
}

/** What is known of an input of which nothing behind `end` (seconds) is there. */
export function endingAt<T extends Pick<InputInfo, 'audio' | 'duration'> & { readonly video?: VideoStream }>(
  info: T,
  end: number,
): T {
  const cut = <S extends { readonly end?: number }>(stream: S): S => ({
    ...stream,
    end: Math.min(stream.end ?? end, end),
  });
  return {
    ...info,
    duration: end,
    audio: info.audio.map(cut),
    ...(info.video ? { video: cut(info.video) } : {}),
  };
}
