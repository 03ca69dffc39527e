/**
 * Chooses what is made of an input's sound: of each stream two rates in stereo, of those with 5.1 or more channels that as
 * well, and Opus beside AAC for players of the codecs that it goes with. No channel is made out of others.
 */
import type { AudioStream } from '../input/input-info.ts';
import type { VideoCodec } from './ladder.ts';

export type AudioCodec = 'aac' | 'opus';

/** One audio encoding target. */
export interface AudioRendition {
  /** Names the representation and its file; unique among the renditions of an input. */
  readonly id: string;
  readonly stream: AudioStream;
  readonly codec: AudioCodec;
  /** 1, 2, or 6 for 5.1. */
  readonly channels: number;
  /** Bits per second. */
  readonly rate: number;
}

const SURROUND_CHANNELS = 6;

/** Bits per second, best first, by the number of channels. Opus needs about three quarters of what AAC does. */
const RATES: Readonly<Record<AudioCodec, Readonly<Record<number, readonly number[]>>>> = {
  aac: { 1: [64_000, 32_000], 2: [128_000, 64_000], [SURROUND_CHANNELS]: [384_000] },
  opus: { 1: [48_000, 24_000], 2: [96_000, 48_000] },
};

const CODECS_WITH_OPUS: readonly VideoCodec[] = ['vp9', 'av1'];

/** Renditions of one stream stand together, in the order of the input; among them those that a player may switch between. */
export function chooseAudio(
  { audio }: { readonly audio: readonly AudioStream[] },
  codecs: readonly VideoCodec[],
): AudioRendition[] {
  const withOpus = codecs.some((codec) => CODECS_WITH_OPUS.includes(codec));
  const names = distinctBases(audio);
  return audio.flatMap((stream, i) => {
    const base = names[i] ?? '';
    const plain = Math.min(2, stream.channels);
    return [
      ...renditionsOf(stream, base, 'aac', plain),
      ...(stream.channels >= SURROUND_CHANNELS ? renditionsOf(stream, base, 'aac', SURROUND_CHANNELS) : []),
      ...(withOpus ? renditionsOf(stream, base, 'opus', plain) : []),
    ];
  });
}

/** `audio-de`, `audio-en`, and `audio-en-2` for a second stream in a language. */
function distinctBases(audio: readonly AudioStream[]): string[] {
  const counts = new Map<string, number>();
  return audio.map(({ lang }) => {
    const base = lang ? `audio-${lang.toLowerCase()}` : 'audio';
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return count === 1 ? base : `${base}-${count}`;
  });
}

/** `audio-en-128k`, `audio-en-surround-384k`, `audio-en-opus-96k`. */
function renditionsOf(
  stream: AudioStream,
  base: string,
  codec: AudioCodec,
  channels: number,
): AudioRendition[] {
  const words = [base, ...(channels > 2 ? ['surround'] : []), ...(codec === 'aac' ? [] : [codec])];
  return (RATES[codec][channels] ?? []).map((rate) => ({
    id: [...words, `${rate / 1000}k`].join('-'),
    stream,
    codec,
    channels,
    rate,
  }));
}
