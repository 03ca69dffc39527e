/** Chooses the sound to package among the streams that ffprobe found. */
import type { AudioStream } from './input-info.ts';
import { describeStream, endOf, isDecodable, type ProbedStream, type ProbeReport } from './probe-report.ts';

/** One audio stream for each language; of several in one language the default one, else the first. */
export function readAudioStreams(report: ProbeReport): AudioStream[] {
  const candidates = (report.streams ?? []).filter(
    (stream) => stream.codec_type === 'audio' && isDecodable(stream) && Boolean(stream.channels),
  );
  const byDefault = [...candidates].sort((a, b) => isDefault(b) - isDefault(a) || a.index - b.index);
  const chosen = new Map<string, AudioStream>();
  for (const stream of byDefault.map((each) => readAudioStream(each, report))) {
    if (!chosen.has(stream.lang)) chosen.set(stream.lang, stream);
  }
  return [...chosen.values()];
}

function readAudioStream(stream: ProbedStream, report: ProbeReport): AudioStream {
  const { index, codec_name = '', channels = 0, channel_layout } = stream;
  return {
    index,
    codec: codec_name,
    ...describeStream(stream),
    channels,
    ...(channel_layout && channel_layout !== 'unknown' ? { layout: channel_layout } : {}),
    ...endOf(stream, report),
  };
}

function isDefault(stream: ProbedStream): number {
  return stream.disposition?.['default'] ?? 0;
}
