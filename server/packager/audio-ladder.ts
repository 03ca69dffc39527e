/** Chooses what is made of an input's sound. */
import type { AudioStream } from './input-info.ts';
import type { VideoCodec } from './ladder.ts';

export type AudioCodec = 'aac' | 'opus';

/** One audio encoding target. */
export interface AudioRendition {
  /** Names the representation and its file; unique among the renditions of an input. */
  readonly id: string;
  readonly stream: AudioStream;
  readonly codec: AudioCodec;
  readonly channels: number;
  /** Bits per second. */
  readonly rate: number;
}

/** Renditions of one stream stand together, in the order of the input. */
export function chooseAudio(
  { audio }: { readonly audio: readonly AudioStream[] },
  _codecs: readonly VideoCodec[],
): AudioRendition[] {
  return audio.map((stream) => ({
    id: stream.lang ? `audio-${stream.lang.toLowerCase()}` : 'audio',
    stream,
    codec: 'aac',
    channels: 2,
    rate: 128_000,
  }));
}
