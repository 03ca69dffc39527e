/** Finds out, before anything is encoded, which encoders this ffmpeg has for what is wanted. */
import type { Size } from '../input/input-info.ts';
import type { VideoCodec } from '../ladder/ladder.ts';
import { PackagingError } from '../packaging-error.ts';
import type { Tools } from '../tools.ts';
import { knowsOption, namesOf } from './ask-ffmpeg.ts';
import type { Av1Encoder } from './video-options/video-encoding.ts';

export interface Encoders {
  readonly av1Encoder: Av1Encoder;
  readonly canEncodeOpus: boolean;
}

export interface WantedEncoders {
  /** Empty for an input without a picture. */
  readonly codecs: readonly VideoCodec[];
  /** Of the largest rung; absent without a picture. */
  readonly picture?: Size;
}

interface Candidate {
  readonly name: string;
  /** An option without which it is of no use here; versions of ffmpeg that lack it are passed over. */
  readonly needs?: string;
  /** Pixels of the shortest side that it takes. */
  readonly least?: number;
}

/** The preferred one first. */
const CANDIDATES: Readonly<Record<VideoCodec, readonly [Candidate, ...Candidate[]]>> = {
  h264: [{ name: 'libx264' }],
  hevc: [{ name: 'libx265', least: 16 }],
  vp9: [{ name: 'libvpx-vp9' }],
  av1: [
    { name: 'libsvtav1', needs: 'svtav1-params', least: 64 },
    { name: 'libaom-av1', needs: 'usage' },
  ],
};

const CODEC_NAMES: Readonly<Record<VideoCodec, string>> = {
  h264: 'H.264',
  hevc: 'HEVC',
  vp9: 'VP9',
  av1: 'AV1',
};

/** @throws PackagingError `encoder-missing` for a codec that has none; ToolError when ffmpeg cannot be asked. */
export async function findEncoders(
  { codecs, picture }: WantedEncoders,
  tools: Tools,
  { signal, onNotice }: { signal: AbortSignal; onNotice?: (sentence: string) => void },
): Promise<Encoders> {
  const known = await namesOf('encoders', tools, signal);
  const chosen = new Map<VideoCodec, string>();
  for (const codec of codecs) {
    const usable: Candidate[] = [];
    for (const candidate of CANDIDATES[codec]) {
      const { name, needs } = candidate;
      const isUsable =
        known.has(name) && (!needs || (await knowsOption(`encoder=${name}`, needs, tools, signal)));
      if (isUsable) usable.push(candidate);
    }
    chosen.set(codec, chooseFor(codec, usable, picture).name);
  }
  const av1Encoder = chosen.get('av1') === 'libaom-av1' ? 'libaom-av1' : 'libsvtav1';
  if (av1Encoder === 'libaom-av1') onNotice?.('AV1 is encoded with libaom-av1: SVT-AV1 cannot be used here.');
  return { av1Encoder, canEncodeOpus: known.has('libopus') };
}

function chooseFor(codec: VideoCodec, usable: readonly Candidate[], picture: Size | undefined): Candidate {
  const side = picture ? Math.min(picture.width, picture.height) : Number.POSITIVE_INFINITY;
  const chosen = usable.find(({ least = 0 }) => side >= least);
  if (!chosen) throw usable.length > 0 ? tooSmall(codec, picture) : missing(codec);
  return chosen;
}

function missing(codec: VideoCodec): PackagingError {
  const names = CANDIDATES[codec].map(({ name }) => name).join(', ');
  const sentence = `This ffmpeg has no encoder for ${CODEC_NAMES[codec]} (${names}): leave it out of --codecs or set FFMPEG_PATH.`;
  return new PackagingError('encoder-missing', sentence);
}

function tooSmall(codec: VideoCodec, picture: Size | undefined): PackagingError {
  const size = `${picture?.width}×${picture?.height}`;
  const sentence = `A picture of ${size} is too small for ${CODEC_NAMES[codec]}: leave it out of --codecs.`;
  return new PackagingError('encoder-missing', sentence);
}
