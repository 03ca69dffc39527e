/** Chooses the sound to package among the streams that ffprobe found. */
import type { AudioStream } from './input-info.ts';
import { describeStream, endOf, hasKnownCodec, type ProbedStream, type ProbeReport } from './probe-report.ts';

/** One for each language, in order of preference; of several in one language the default one, else the first. */
export function chooseAudioStreams(report: ProbeReport): ProbedStream[] {
  const candidates = (report.streams ?? []).filter(
    (stream) => stream.codec_type === 'audio' && (Boolean(stream.channels) || !hasKnownCodec(stream)),
  );
  const byDefault = [...candidates].sort((a, b) => isDefault(b) - isDefault(a) || a.index - b.index);
  const chosen = new Map<string, ProbedStream>();
  for (const stream of byDefault) {
    const { lang } = describeStream(stream);
    if (!chosen.has(lang)) chosen.set(lang, stream);
  }
  return [...chosen.values()];
}

export function readAudioStream(stream: ProbedStream, report: ProbeReport): AudioStream {
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
