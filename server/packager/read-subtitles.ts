/** Tells subtitles that are text, and can become captions, from those that are pictures, and cannot. */
import type { SubtitleStream } from './input-info.ts';
import { describeStream, endOf, isDecodable, type ProbedStream, type ProbeReport } from './probe-report.ts';

/** ffmpeg's names of subtitles that are drawn. */
const DRAWN: ReadonlySet<string | undefined> = new Set([
  'dvd_subtitle',
  'hdmv_pgs_subtitle',
  'dvb_subtitle',
  'xsub',
]);

/** Those that are text, in the order of the file. */
export function readSubtitles(report: ProbeReport): SubtitleStream[] {
  return subtitlesIn(report)
    .filter((stream) => isDecodable(stream) && !DRAWN.has(stream.codec_name))
    .map((stream) => ({
      index: stream.index,
      codec: stream.codec_name ?? '',
      ...describeStream(stream),
      ...endOf(stream, report),
    }));
}

function subtitlesIn(report: ProbeReport): readonly ProbedStream[] {
  return (report.streams ?? []).filter((stream) => stream.codec_type === 'subtitle');
}
