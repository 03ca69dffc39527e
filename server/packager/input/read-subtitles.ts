/** Tells subtitles that are text, and can become captions, from those that are pictures, and cannot. */
import type { SubtitleStream } from './input-info.ts';
import { describeStream, endOf, hasKnownCodec, type ProbedStream, type ProbeReport } from './probe-report.ts';

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
    .filter((stream) => hasKnownCodec(stream) && !DRAWN.has(stream.codec_name))
    .map((stream) => ({
      index: stream.index,
      codec: stream.codec_name ?? '',
      ...describeStream(stream),
      ...endOf(stream, report),
    }));
}

/** Sentences about those that are pictures. */
export function describeDrawnSubtitles(report: ProbeReport): string[] {
  return subtitlesIn(report)
    .filter(({ codec_name }) => DRAWN.has(codec_name))
    .map((stream) => {
      const { lang } = describeStream(stream);
      const language = lang ? ` (${lang})` : '';
      return `Its subtitles in stream ${stream.index}${language} are pictures, not text, and were left out.`;
    });
}

function subtitlesIn(report: ProbeReport): readonly ProbedStream[] {
  return (report.streams ?? []).filter((stream) => stream.codec_type === 'subtitle');
}
