/**
 * Reads the one track of a CMAF initialization (ISO/IEC 14496-12 §8, ISO/IEC 23000-19 §7.3.1): what it is, its clock, and
 * the defaults its fragments lean on.
 */
import { StreamingError } from '../errors.ts';
import { readAacConfiguration } from './aac-configuration.ts';
import { type Box, boxesIn, findPath } from './box.ts';
import { contentOf, neededBox } from './box-content.ts';
import { codecsOf } from './codecs.ts';
import { configurationOf } from './sample-entry.ts';

export interface Track {
  readonly id: number;
  /** Ticks per second of all times in the track. */
  readonly timescale: number;
  /** RFC 6381. */
  readonly codecs: string;
  /** `media_time` of the edit list: ticks before the first sample that is meant to be presented. 0 without a list. */
  readonly skipTicks: number;
  readonly defaults: SampleDefaults;
  readonly media: Picture | Sound;
}

export interface Picture {
  readonly kind: 'video';
  readonly width: number;
  readonly height: number;
}

export interface Sound {
  readonly kind: 'audio';
  readonly channels: number;
  /** Hz. */
  readonly samplingRate: number;
}

/** Of the `trex` box, §8.8.3: what samples have when their fragment says nothing else. */
export interface SampleDefaults {
  readonly durationTicks: number;
  /** 0 when each fragment says the sizes of its own. */
  readonly bytes?: number;
  readonly flags: number;
}

/** @throws StreamingError `index-invalid` when a needed box is missing or cut off, or there is not exactly one track. */
export function readTrack(initialization: Uint8Array): Track {
  const moov = neededBox(initialization, ['moov']);
  contentOf(initialization, moov, 0);
  const traks = [...boxesIn(initialization, moov.contentStart, moov.end)].filter(
    (box) => box.type === 'trak',
  );
  const [trak] = traks;
  if (!trak || traks.length > 1) throw invalid(`There are ${traks.length} tracks where one is expected.`);
  const track = initialization.subarray(trak.contentStart, trak.end);
  const entry = readSampleEntry(track);
  return {
    id: readTrackId(track),
    timescale: readTimescale(track),
    codecs: codecsOf(track, entry),
    skipTicks: readSkip(track),
    defaults: readDefaults(initialization),
    media: readMedia(track, entry),
  };
}

/** §8.3.2: version, flags; creation and modification time (32 or 64 bits each); track_ID. */
function readTrackId(track: Uint8Array): number {
  const tkhd = contentOf(track, neededBox(track, ['tkhd']), 24);
  return tkhd.getUint32(tkhd.getUint8(0) === 1 ? 20 : 12);
}

/** §8.4.2: version, flags; creation and modification time (32 or 64 bits each); timescale. */
function readTimescale(track: Uint8Array): number {
  const mdhd = contentOf(track, neededBox(track, ['mdia', 'mdhd']), 24);
  const timescale = mdhd.getUint32(mdhd.getUint8(0) === 1 ? 20 : 12);
  if (timescale === 0) throw invalid('Box "mdhd" has a timescale of 0.');
  return timescale;
}

/**
 * §8.6.6: version, flags; entry_count; then per entry segment_duration and media_time (32 or 64 bits each) and the rate.
 * Only a single entry that skips a beginning is understood: a media_time of −1 would delay the track.
 */
function readSkip(track: Uint8Array): number {
  const box = findPath(track, ['edts', 'elst']);
  if (!box) return 0;
  const elst = contentOf(track, box, 8);
  const count = elst.getUint32(4);
  if (count === 0) return 0;
  const wide = elst.getUint8(0) === 1;
  if (elst.byteLength < 8 + (wide ? 20 : 12)) throw invalid('Box "elst" has no room for its entries.');
  const mediaTime = wide ? Number(elst.getBigInt64(16)) : elst.getInt32(12);
  if (count > 1 || mediaTime < 0) throw invalid('Box "elst" does more than skip a beginning.');
  return mediaTime;
}

/** §8.8.3: version, flags; track_ID; default_sample_description_index, _duration, _size, _flags. */
function readDefaults(initialization: Uint8Array): SampleDefaults {
  const trex = contentOf(initialization, neededBox(initialization, ['moov', 'mvex', 'trex']), 24);
  return { durationTicks: trex.getUint32(12), flags: trex.getUint32(20) };
}

/** §8.5.2: version, flags; entry_count; then the entries, of which the first describes all of a CMAF track. */
function readSampleEntry(track: Uint8Array): Box {
  const stsd = neededBox(track, ['mdia', 'minf', 'stbl', 'stsd']);
  for (const entry of boxesIn(track, stsd.contentStart + 8, stsd.end)) return entry;
  throw invalid('Box "stsd" has no sample entry.');
}

/**
 * VisualSampleEntry, §12.1.3: width and height, 16 bits each, at byte 24.
 * AudioSampleEntry, §12.2.3: channelcount, 16 bits, at byte 16; samplerate, 16.16 bits, at byte 24.
 */
function readMedia(track: Uint8Array, entry: Box): Picture | Sound {
  const fields = contentOf(track, entry, 28);
  if (findPath(track, ['mdia', 'minf', 'vmhd'])) {
    return { kind: 'video', width: fields.getUint16(24), height: fields.getUint16(26) };
  }
  if (findPath(track, ['mdia', 'minf', 'smhd'])) {
    const channels = channelsOf(track, entry) ?? fields.getUint16(16);
    return { kind: 'audio', channels, samplingRate: fields.getUint16(24) };
  }
  throw invalid('The track is neither video nor audio.');
}

/** Of MPEG-4 audio, for which many writers put 2 into the sample entry whatever it is. */
function channelsOf(track: Uint8Array, entry: Box): number | undefined {
  if (entry.type !== 'mp4a') return undefined;
  return readAacConfiguration(configurationOf(track, entry, 'esds', 8)).channels;
}

function invalid(message: string): StreamingError {
  return new StreamingError('index-invalid', message);
}
