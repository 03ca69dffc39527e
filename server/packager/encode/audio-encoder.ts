/** Writes ffmpeg's options for one rendition of sound. */
import type { AudioCodec, AudioRendition } from '../ladder/audio-ladder.ts';
import { SAMPLING_RATE } from './filter-graph.ts';

/** Everything between `-map` and the options of the muxer. */
export function audioEncoderOptions({ codec, channels, rate }: AudioRendition): string[] {
  return [
    ...['-c:a', ENCODERS[codec], '-b:a', `${rate}`, '-ac', `${channels}`, '-ar', `${SAMPLING_RATE}`],
    ...['-flags:a', '+bitexact'],
  ];
}

/** ffmpeg's own, and libopus. */
const ENCODERS: Readonly<Record<AudioCodec, string>> = { aac: 'aac', opus: 'libopus' };
