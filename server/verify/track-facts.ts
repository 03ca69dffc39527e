/**
 * What the boxes of an initialization say, whoever wrote them (ISO/IEC 14496-12 §8): more forgiving than the packager's own
 * reader, since an edit list or a protected entry is a finding here and no reason to stop.
 */
import { readAacConfiguration } from '../../player/core/mp4/aac-configuration.ts';
import { lengthSizeIn } from '../../player/core/mp4/avc-picture.ts';
import { type Box, boxesIn, findBox, findPath, fourCharacters } from '../../player/core/mp4/box.ts';
import { contentOf, neededBox } from '../../player/core/mp4/box-content.ts';
import { codecsOf } from '../../player/core/mp4/codecs.ts';
import type { SampleDefaults } from '../../player/core/mp4/initialization.ts';
import { configurationOf } from '../../player/core/mp4/sample-entry.ts';

export interface TrackFacts {
  /** Major and compatible brands of `ftyp`; none without it. */
  readonly brands: readonly string[];
  readonly tracks: number;
  readonly id: number;
  /** Ticks per second. */
  readonly timescale: number;
  /** Type of the sample entry; of a protected one the type of what is inside. */
  readonly format: string;
  /** Whether samples are encrypted. */
  readonly isProtected: boolean;
  /** RFC 6381; absent for formats whose string is not known. */
  readonly codecs?: string;
  readonly picture?: PictureFacts;
  readonly sound?: SoundFacts;
  readonly edits: readonly Edit[];
  readonly defaults: SampleDefaults;
}

export interface PictureFacts {
  /** Of AVC whose samples can be read: bytes that give the length of each NAL unit. */
  readonly lengthSize?: number;
  readonly width: number;
  readonly height: number;
  /** Shape of a sample as `pasp` gives it; 1:1 without one. */
  readonly sampleShape: readonly [horizontal: number, vertical: number];
}

export interface SoundFacts {
  readonly channels: number;
  /** Hz. */
  readonly samplingRate: number;
  /** Samples that an Opus decoder throws away at the start, at 48 kHz. */
  readonly preSkip?: number;
}

export interface Edit {
  /** −1 for a stretch without media. */
  readonly mediaTimeTicks: number;
}

const VISUAL_FIELDS = 78;
const AUDIO_FIELDS = 28;

/** @throws StreamingError `index-invalid` when a box that is needed is missing or cut off. */
export function readTrackFacts(initialization: Uint8Array): TrackFacts {
  const moov = neededBox(initialization, ['moov']);
  contentOf(initialization, moov, 0);
  const tracks = [...boxesIn(initialization, moov.contentStart, moov.end)].filter(
    ({ type }) => type === 'trak',
  );
  const box = neededBox(initialization, ['moov', 'trak']);
  const track = initialization.subarray(box.contentStart, box.end);
  const entry = sampleEntryOf(track);
  const inside = { ...entry, type: formatOf(track, entry) };
  return {
    brands: brandsOf(initialization),
    tracks: tracks.length,
    id: wordBehindTimes(track, ['tkhd']),
    timescale: timescaleOf(track),
    format: inside.type,
    isProtected: entry.type !== inside.type || /^enc[av]$/.test(entry.type),
    ...codecsIn(track, inside),
    ...(findPath(track, ['mdia', 'minf', 'vmhd']) ? { picture: readPicture(track, inside) } : {}),
    ...(findPath(track, ['mdia', 'minf', 'smhd']) ? { sound: readSound(track, inside) } : {}),
    edits: editsOf(track),
    defaults: defaultsOf(initialization),
  };
}

/** FileTypeBox, §4.3: major_brand, minor_version, compatible_brands[]. */
function brandsOf(initialization: Uint8Array): string[] {
  const box = findBox(initialization, 'ftyp');
  if (!box) return [];
  const view = contentOf(initialization, box, 8);
  const count = Math.floor((view.byteLength - 8) / 4);
  const positions = [0, ...Array.from({ length: count }, (_, i) => 8 + 4 * i)];
  return positions.map((position) => fourCharacters(view, position));
}

/** TrackHeaderBox and MediaHeaderBox, §8.3.2 and §8.4.2: a word behind two times of 32 or, in version 1, 64 bits. */
function wordBehindTimes(track: Uint8Array, path: readonly string[]): number {
  const view = contentOf(track, neededBox(track, path), 24);
  return view.getUint32(view.getUint8(0) === 1 ? 20 : 12);
}

function timescaleOf(track: Uint8Array): number {
  return Math.max(1, wordBehindTimes(track, ['mdia', 'mdhd']));
}

function sampleEntryOf(track: Uint8Array): Box {
  const stsd = neededBox(track, ['mdia', 'minf', 'stbl', 'stsd']);
  const [entry] = boxesIn(track, stsd.contentStart + 8, stsd.end);
  return entry ?? neededBox(track, ['mdia', 'minf', 'stbl', 'stsd', 'sample entry']);
}

/** OriginalFormatBox, §8.12.3: what an entry `encv` or `enca` was before it was protected. */
function formatOf(track: Uint8Array, entry: Box): string {
  const fields = { encv: VISUAL_FIELDS, enca: AUDIO_FIELDS }[entry.type];
  if (fields === undefined) return entry.type;
  const sinf = findBox(track, 'sinf', entry.contentStart + fields, entry.end);
  const frma = sinf && findBox(track, 'frma', sinf.contentStart, sinf.end);
  return frma ? fourCharacters(contentOf(track, frma, 4), 0) : entry.type;
}

function codecsIn(track: Uint8Array, entry: Box): { readonly codecs?: string } {
  try {
    return { codecs: codecsOf(track, entry) };
  } catch {
    return {};
  }
}

/** VisualSampleEntry, §12.1.3, and PixelAspectRatioBox, §12.1.4: hSpacing, vSpacing. */
function readPicture(track: Uint8Array, entry: Box): PictureFacts {
  const fields = contentOf(track, entry, VISUAL_FIELDS);
  const pasp = findBox(track, 'pasp', entry.contentStart + VISUAL_FIELDS, entry.end);
  const shape = pasp && contentOf(track, pasp, 8);
  const lengthSize = lengthSizeIn(track, entry);
  return {
    width: fields.getUint16(24),
    height: fields.getUint16(26),
    sampleShape: shape ? [shape.getUint32(0), shape.getUint32(4)] : [1, 1],
    ...(lengthSize === undefined ? {} : { lengthSize }),
  };
}

/** Of AAC: sample entries of MP4 often say 2 for all. */
function channelsInside(track: Uint8Array, entry: Box): number | undefined {
  if (entry.type !== 'mp4a') return undefined;
  return readAacConfiguration(configurationOf(track, entry, 'esds', 8)).channels;
}

/** AudioSampleEntry, §12.2.3; OpusSpecificBox: Version, OutputChannelCount, PreSkip (16 bits). */
function readSound(track: Uint8Array, entry: Box): SoundFacts {
  const fields = contentOf(track, entry, AUDIO_FIELDS);
  const opus = findBox(track, 'dOps', entry.contentStart + AUDIO_FIELDS, entry.end);
  return {
    channels: channelsInside(track, entry) ?? fields.getUint16(16),
    samplingRate: fields.getUint16(24),
    ...(opus ? { preSkip: contentOf(track, opus, 4).getUint16(2) } : {}),
  };
}

/** EditListBox, §8.6.6: per entry segment_duration and media_time (32 or 64 bits each), media_rate (32 bits). */
function editsOf(track: Uint8Array): Edit[] {
  const box = findPath(track, ['edts', 'elst']);
  if (!box) return [];
  const elst = contentOf(track, box, 8);
  const wide = elst.getUint8(0) === 1;
  const size = wide ? 20 : 12;
  const count = Math.min(elst.getUint32(4), Math.floor((elst.byteLength - 8) / size));
  return Array.from({ length: count }, (_, i) => {
    const at = 8 + i * size;
    return { mediaTimeTicks: wide ? Number(elst.getBigInt64(at + 8)) : elst.getInt32(at + 4) };
  });
}

/** TrackExtendsBox, §8.8.3: version, flags; track_ID; default_sample_description_index, _duration, _size, _flags. */
function defaultsOf(initialization: Uint8Array): SampleDefaults {
  const trex = contentOf(initialization, neededBox(initialization, ['moov', 'mvex', 'trex']), 24);
  return { durationTicks: trex.getUint32(12), bytes: trex.getUint32(16), flags: trex.getUint32(20) };
}
