/**
 * Reads when the samples of one movie fragment are decoded and shown (ISO/IEC 14496-12 §8.8), as they really are: a
 * segment index made from nominal durations would be wrong.
 */
import { StreamingError } from '../errors.ts';
import { type Box, boxesIn } from './box.ts';
import { contentOf, neededBox } from './box-content.ts';
import type { SampleDefaults, Track } from './initialization.ts';

export interface FragmentTiming {
  /** Decode time of the first sample. */
  readonly startTicks: number;
  /** Sum of the samples' durations. */
  readonly durationTicks: number;
  /** When the first sample in presentation order is shown. */
  readonly earliestTicks: number;
  /** When the last sample in presentation order has been shown. */
  readonly endTicks: number;
  /** Whether the first sample needs no other to be decoded (`sample_is_non_sync_sample` is 0). */
  readonly startsWithSync: boolean;
  readonly samples: number;
}

export interface Sample {
  readonly durationTicks: number;
  readonly bytes: number;
  /** From its decode time to when it is shown. */
  readonly compositionTicks: number;
  /** As §8.8.3.1 lays them out; `isSync` reads the one that matters here. */
  readonly flags: number;
}

export interface FragmentSamples {
  /** Decode time of the first sample. */
  readonly startTicks: number;
  /** From the first byte of the `moof` to the first of the first sample; absent when the fragment does not say. */
  readonly dataOffset?: number;
  /** Whether all its positions count from its own `moof`, so that it may stand anywhere. */
  readonly isMovable: boolean;
  /** In decoding order; at least one. */
  readonly samples: readonly Sample[];
}

/**
 * `moof` is the whole box, header included.
 * @throws StreamingError `index-invalid` when it belongs to another track, cannot be moved within its file, or is damaged.
 */
export function readFragment(moof: Uint8Array, track: Track): FragmentTiming {
  const fragment = readSamples(moof, track);
  if (!fragment.isMovable) throw invalid('A fragment is tied to its place in the file.');
  return timingOf(fragment);
}

/**
 * `moof` is the whole box, header included.
 * @throws StreamingError `index-invalid` when it belongs to another track, has no sample, or is damaged.
 */
export function readSamples(moof: Uint8Array, track: Pick<Track, 'id' | 'defaults'>): FragmentSamples {
  const traf = neededBox(moof, ['moof', 'traf']);
  const runs = [...boxesIn(moof, traf.contentStart, traf.end)].filter((box) => box.type === 'trun');
  const header = readHeader(moof, neededBox(moof, ['moof', 'traf', 'tfhd']), track);
  const startTicks = readStart(moof, neededBox(moof, ['moof', 'traf', 'tfdt']));
  const samples = runs.flatMap((box) => readRun(moof, box, header.defaults));
  if (samples.length === 0) throw invalid('A fragment has no samples.');
  return { startTicks, isMovable: header.isMovable, samples, ...readDataOffset(moof, runs) };
}

export function timingOf({ samples, startTicks }: FragmentSamples): FragmentTiming {
  const [first] = samples;
  return {
    startTicks,
    startsWithSync: first !== undefined && isSync(first),
    samples: samples.length,
    ...spanOf(samples, startTicks),
  };
}

function spanOf(
  samples: readonly Sample[],
  startTicks: number,
): Pick<FragmentTiming, 'durationTicks' | 'earliestTicks' | 'endTicks'> {
  let decodeTicks = startTicks;
  let earliestTicks = Number.POSITIVE_INFINITY;
  let endTicks = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    const shown = decodeTicks + sample.compositionTicks;
    earliestTicks = Math.min(earliestTicks, shown);
    endTicks = Math.max(endTicks, shown + sample.durationTicks);
    decodeTicks += sample.durationTicks;
  }
  return { durationTicks: decodeTicks - startTicks, earliestTicks, endTicks };
}

const NON_SYNC = 0x1_0000;

export function isSync(sample: Pick<Sample, 'flags'>): boolean {
  return (sample.flags & NON_SYNC) === 0;
}

/**
 * TrackFragmentHeaderBox, §8.8.7; each field behind track_ID is there when its flag is set:
 *   unsigned int(32) track_ID;
 *   0x01 unsigned int(64) base_data_offset;   0x02 unsigned int(32) sample_description_index;
 *   0x08 unsigned int(32) default_sample_duration;  0x10 …_size;  0x20 …_flags;   0x020000 default-base-is-moof
 */
function readHeader(
  moof: Uint8Array,
  box: Box,
  track: Pick<Track, 'id' | 'defaults'>,
): { readonly defaults: SampleDefaults; readonly isMovable: boolean } {
  const tfhd = contentOf(moof, box, 8);
  const flags = tfhd.getUint32(0) & 0xff_ffff;
  if (tfhd.getUint32(4) !== track.id) throw invalid(`A fragment belongs to track ${tfhd.getUint32(4)}.`);
  const read = optionalFields(tfhd, 8);
  read((flags & 0x01) !== 0);
  read((flags & 0x01) !== 0);
  read((flags & 0x02) !== 0);
  const durationTicks = read((flags & 0x08) !== 0) ?? track.defaults.durationTicks;
  const bytes = read((flags & 0x10) !== 0) ?? track.defaults.bytes ?? 0;
  const defaults = { durationTicks, bytes, flags: read((flags & 0x20) !== 0) ?? track.defaults.flags };
  return { defaults, isMovable: (flags & 0x01) === 0 && (flags & 0x02_0000) !== 0 };
}

function readDataOffset(moof: Uint8Array, [first]: readonly Box[]): { readonly dataOffset?: number } {
  if (!first) return {};
  const trun = contentOf(moof, first, 8);
  return (trun.getUint32(0) & 0x01) !== 0 && trun.byteLength >= 12 ? { dataOffset: trun.getInt32(8) } : {};
}

/** TrackFragmentBaseMediaDecodeTimeBox, §8.8.12: baseMediaDecodeTime, 64 bits in version 1, else 32. */
function readStart(moof: Uint8Array, box: Box): number {
  const tfdt = contentOf(moof, box, 8);
  if (tfdt.getUint8(0) === 0) return tfdt.getUint32(4);
  return Number(contentOf(moof, box, 12).getBigUint64(4));
}

/**
 * TrackRunBox, §8.8.8:
 *   unsigned int(32) sample_count;   0x01 signed int(32) data_offset;   0x04 unsigned int(32) first_sample_flags;
 *   per sample: 0x100 sample_duration; 0x200 sample_size; 0x400 sample_flags;
 *               0x800 sample_composition_time_offset (unsigned in version 0, signed in 1); 32 bits each
 */
function readRun(moof: Uint8Array, box: Box, defaults: SampleDefaults): Sample[] {
  const trun = contentOf(moof, box, 8);
  const flags = trun.getUint32(0) & 0xff_ffff;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const count = trun.getUint32(4);
  const read = optionalFields(trun, 8);
  read(has(0x01));
  const firstFlags = read(has(0x04));
  const signed = trun.getUint8(0) > 0;
  return Array.from({ length: checkedCount(trun, count, flags) }, (_, i) => {
    const durationTicks = read(has(0x100)) ?? defaults.durationTicks;
    const bytes = read(has(0x200)) ?? defaults.bytes ?? 0;
    const own = read(has(0x400)) ?? defaults.flags;
    const offset = read(has(0x800)) ?? 0;
    return {
      durationTicks,
      bytes,
      flags: i === 0 ? (firstFlags ?? own) : own,
      compositionTicks: signed ? offset | 0 : offset,
    };
  });
}

/** Refuses a count that the box has no room for before a list of that length is made. */
function checkedCount(trun: DataView, count: number, flags: number): number {
  const perSample = [0x100, 0x200, 0x400, 0x800].filter((flag) => (flags & flag) !== 0).length * 4;
  const room = trun.byteLength - 8;
  if (perSample === 0 ? count <= MOST_UNIFORM_SAMPLES : count * perSample <= room) return count;
  throw invalid(`Box "trun" announces ${count} samples but has no room for them.`);
}

/** A run whose samples are all alike costs no bytes per sample; more than this in one fragment is a damaged count. */
const MOST_UNIFORM_SAMPLES = 1_000_000;

/** Reads 32-bit fields one after another, each only if it is there. */
function optionalFields(view: DataView, start: number): (present: boolean) => number | undefined {
  let position = start;
  return (present) => {
    if (!present) return undefined;
    if (position + 4 > view.byteLength) throw invalid('A fragment announces fields it has no room for.');
    position += 4;
    return view.getUint32(position - 4);
  };
}

function invalid(message: string): StreamingError {
  return new StreamingError('index-invalid', message);
}
