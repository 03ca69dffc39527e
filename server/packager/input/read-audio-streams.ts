/** Chooses the sound to package among the streams that ffprobe found. */
import type { AudioStream } from './input-info.ts';
import {
  describeStream,
  endOf,
  hasKnownCodec,
  inDefaultOrder,
  type ProbedStream,
  type ProbeReport,
} from './probe-report.ts';

/**
 * In order of preference, the default one first. Of several streams in one language those are kept that the file calls
 * differently or that are for something else, as a commentary; of several that are the same, the one in front.
 */
export function chooseAudioStreams(report: ProbeReport): ProbedStream[] {
  const candidates = (report.streams ?? []).filter(
    (stream) => stream.codec_type === 'audio' && (Boolean(stream.channels) || !hasKnownCodec(stream)),
  );
  const chosen = new Map<string, ProbedStream>();
  for (const stream of inDefaultOrder(candidates)) {
    const { lang, title = '', dispositions } = describeStream(stream);
    const purposes = dispositions.filter((disposition) => PURPOSES.includes(disposition));
    const content = JSON.stringify([lang, title, ...purposes]);
    if (!chosen.has(content)) chosen.set(content, stream);
  }
  return [...chosen.values()];
}

/** ffmpeg's names for what makes one sound another than the film's own. */
const PURPOSES: readonly string[] = [
  'comment',
  'dub',
  'karaoke',
  'lyrics',
  'hearing_impaired',
  'visual_impaired',
  'clean_effects',
  'descriptions',
];

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
