/** Writes ffmpeg's options for one rendition of sound. */
import type { AudioRendition } from './audio-ladder.ts';
import { SAMPLING_RATE } from './filter-graph.ts';

/** Everything between `-map` and the options of the muxer. */
export function audioEncoderOptions({ channels, rate }: AudioRendition): string[] {
  return [
    ...['-c:a', 'aac', '-b:a', `${rate}`, '-ac', `${channels}`, '-ar', `${SAMPLING_RATE}`],
    ...['-flags:a', '+bitexact'],
  ];
}
