/**
 * Makes ffmpeg's initialization one that CMAF validators accept (ISO/IEC 23000-19 §7.3, §9, §10): the right brands, no box
 * that does not belong there, no edit list (the MPD says instead what to skip).
 */
import { type BoxEdits, editBoxes } from '../../../player/core/mp4/edit-boxes.ts';
import type { Track } from '../../../player/core/mp4/initialization.ts';
import { FIELDS_OF_ENTRY } from '../../../player/core/mp4/sample-entry.ts';
import { joinBytes, latin1, uint32, writeBox } from '../../../player/core/mp4/write-box.ts';
import { mediaProfileOf } from './media-profile.ts';

/** `initialization` is `ftyp` and `moov` as ffmpeg wrote them; `track` was read from it. */
export function mendInitialization(initialization: Uint8Array, track: Track): Uint8Array<ArrayBuffer> {
  const { media } = track;
  const mended = editBoxes(initialization, { ...FOR_ALL, ...(media.kind === 'audio' ? FOR_AUDIO : {}) });
  const counted =
    media.kind === 'audio'
      ? editBoxes(mended, { [`${ENTRIES}/mp4a`]: withChannels(media.channels) })
      : mended;
  return joinBytes([writeFileType(track), counted]);
}

const remove = (): undefined => undefined;

const TABLE = 'moov/trak/mdia/minf/stbl';
const ENTRIES = `${TABLE}/stsd`;

/** Bit rates that nobody asked for, and what only QuickTime knows. */
const IN_ENTRIES: BoxEdits = Object.fromEntries(
  Object.keys(FIELDS_OF_ENTRY).flatMap((entry) =>
    ['btrt', 'fiel'].map((box) => [`${ENTRIES}/${entry}/${box}`, remove]),
  ),
);

/** `sdtp` is about the samples of the table, of which there are none: they are in the fragments. */
const FOR_ALL: BoxEdits = {
  ftyp: remove,
  'moov/udta': remove,
  'moov/trak/udta': remove,
  'moov/trak/edts': remove,
  [`${TABLE}/sdtp`]: remove,
  ...IN_ENTRIES,
};

const FOR_AUDIO: BoxEdits = {
  'moov/trak/tkhd': (content) => replaced(content, alternateGroupPosition(content), [0, 0]),
  [`${ENTRIES}/mp4a/esds`]: withoutStreamId,
};

/** AudioSampleEntry, ISO/IEC 14496-12 §12.2.3: channelcount, 16 bits at byte 16. ffmpeg writes 2 for all of MPEG-4. */
function withChannels(channels: number): (entry: Uint8Array) => Uint8Array {
  return (entry) => replaced(entry, 16, [0, channels]);
}

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
  const profile = mediaProfileOf(track);
  const brands = ['iso6', 'cmfc', ...(profile ? [profile] : []), 'dash'];
  return writeBox('ftyp', latin1('iso6'), uint32(0), latin1(brands.join('')));
}
