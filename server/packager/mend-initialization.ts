/**
 * Makes ffmpeg's initialization one that CMAF validators accept (ISO/IEC 23000-19 §7.3, §9, §10): the right brands, no box
 * that does not belong there, no edit list (the MPD says instead what to skip).
 */
import { type BoxEdits, editBoxes } from '../../player/core/mp4/edit-boxes.ts';
import type { Track } from '../../player/core/mp4/initialization.ts';
import { joinBytes, latin1, uint32, writeBox } from '../../player/core/mp4/write-box.ts';

/** `initialization` is `ftyp` and `moov` as ffmpeg wrote them; `track` was read from it. */
export function mendInitialization(initialization: Uint8Array, track: Track): Uint8Array<ArrayBuffer> {
  const mended = editBoxes(initialization, {
    ...FOR_ALL,
    ...(track.media.kind === 'audio' ? FOR_AUDIO : {}),
  });
  return joinBytes([writeFileType(track), mended]);
}

const remove = (): undefined => undefined;

const FOR_ALL: BoxEdits = {
  ftyp: remove,
  'moov/udta': remove,
  'moov/trak/udta': remove,
  'moov/trak/edts': remove,
  'moov/trak/mdia/minf/stbl/stsd/avc1/btrt': remove,
};

const FOR_AUDIO: BoxEdits = {
  'moov/trak/tkhd': (content) => replaced(content, alternateGroupPosition(content), [0, 0]),
  'moov/trak/mdia/minf/stbl/stsd/mp4a/btrt': remove,
  'moov/trak/mdia/minf/stbl/stsd/mp4a/esds': withoutStreamId,
};

/** TrackHeaderBox, ISO/IEC 14496-12 §8.3.2: after times, track_ID and duration come reserved (64 bits), layer (16). */
function alternateGroupPosition(tkhd: Uint8Array): number {
  return 4 + (tkhd[0] === 1 ? 32 : 20) + 10;
}

const LONGEST_LENGTH_CODE = 4;

/** ES_ID, the 16 bits behind tag and length of the ES_Descriptor, must be 0 in a file (ISO/IEC 14496-14 §4.1.2). */
function withoutStreamId(esds: Uint8Array): Uint8Array {
  const lengthStart = 5;
  let at = lengthStart;
  while (at < lengthStart + LONGEST_LENGTH_CODE - 1 && ((esds[at] ?? 0) & 0x80) !== 0) at++;
  return replaced(esds, at + 1, [0, 0]);
}

function replaced(content: Uint8Array, position: number, bytes: readonly number[]): Uint8Array {
  const copy = Uint8Array.from(content);
  copy.set(bytes, position);
  return copy;
}

/**
 * `iso6` for fragments that are not tied to their place, `cmfc` for CMAF, `dash` for its use here, and the media profile
 * that every sample keeps to, if there is one for its size.
 */
function writeFileType(track: Track): Uint8Array {
  const profile = mediaProfile(track);
  const brands = ['iso6', 'cmfc', ...(profile ? [profile] : []), 'dash'];
  return writeBox('ftyp', latin1('iso6'), uint32(0), latin1(brands.join('')));
}

/** Profiles of AVC by level and size (ISO/IEC 23000-19 table A.1), and the one of AAC (table A.2). */
function mediaProfile({ media, codecs }: Track): string | undefined {
  if (media.kind === 'audio')
    return codecs.startsWith('mp4a.40.') && media.channels <= 2 ? 'caac' : undefined;
  const level = Number.parseInt(codecs.slice(-2), 16);
  const profiles = [
    { brand: 'cfsd', width: 864, height: 576, level: 31 },
    { brand: 'cfhd', width: 1920, height: 1080, level: 40 },
    { brand: 'chdf', width: 1920, height: 1080, level: 42 },
  ];
  const isWithin = (limit: (typeof profiles)[number]): boolean =>
    media.width <= limit.width && media.height <= limit.height && level <= limit.level;
  return profiles.find(isWithin)?.brand;
}
