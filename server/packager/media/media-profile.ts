/** Names the CMAF media profile that every sample of a track keeps to, for the brands of its file. */
import type { Picture, Track } from '../../../player/core/mp4/initialization.ts';

/** `undefined` when there is none: for sizes beyond the profiles, and for VP9 and Opus, which CMAF has none for. */
export function mediaProfileOf({ media, codecs }: Pick<Track, 'media' | 'codecs'>): string | undefined {
  if (media.kind === 'audio') {
    if (!codecs.startsWith('mp4a.40.')) return undefined;
    return media.channels <= 2 ? 'caac' : 'camc';
  }
  if (codecs.startsWith('avc'))
    return firstWithin(AVC_PROFILES, media, Number.parseInt(codecs.slice(-2), 16));
  const hevc = /^h[ev][cv]1\.1\.[0-9A-F]+\.L(\d+)/.exec(codecs);
  if (hevc) return firstWithin(HEVC_PROFILES, media, Number(hevc[1]));
  return codecs.startsWith('av01') ? AV1_BRAND : undefined;
}

/** Of AV1 in ISOBMFF §2.1, which speaks for CMAF too: there are no profiles by size. */
const AV1_BRAND = 'av01';

interface VideoProfile {
  readonly brand: string;
  readonly width: number;
  readonly height: number;
  /** As the codec counts levels. */
  readonly level: number;
}

/** ISO/IEC 23000-19 table A.1, at up to 30, 30 and 60 frames a second; the level tells them apart. */
const AVC_PROFILES: readonly VideoProfile[] = [
  { brand: 'cfsd', width: 864, height: 576, level: 31 },
  { brand: 'cfhd', width: 1920, height: 1080, level: 40 },
  { brand: 'chdf', width: 1920, height: 1080, level: 42 },
];

/** ISO/IEC 23000-19 table B.1, Main profile in Main tier: HEVC counts thirty steps to a level. */
const HEVC_PROFILES: readonly VideoProfile[] = [
  { brand: 'chhd', width: 1920, height: 1080, level: 123 },
  { brand: 'cud8', width: 3840, height: 2160, level: 150 },
];

function firstWithin(profiles: readonly VideoProfile[], picture: Picture, level: number): string | undefined {
  return profiles.find(
    (limit) => picture.width <= limit.width && picture.height <= limit.height && level <= limit.level,
  )?.brand;
}
