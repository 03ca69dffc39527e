/**
 * Tells what kind of picture an AVC sample holds, from the first bits of its slice headers (ISO/IEC 14496-10 §7.3.3).
 *
 *   nal_unit(): forbidden_zero_bit (1), nal_ref_idc (2), nal_unit_type (5)      1: slice, 5: slice of an IDR picture
 *   slice_header(): first_mb_in_slice ue(v), slice_type ue(v) …                 0 P, 1 B, 2 I, 3 SP, 4 SI; 5 … 9: the same
 */
import { createBitReader } from './bit-reader.ts';
import { type Box, viewOf } from './box.ts';
import { configurationOf } from './sample-entry.ts';

/** I: by itself; P: from earlier ones; B: from earlier and later ones. */
export type PictureType = 'I' | 'P' | 'B';

const SLICE = 1;
const IDR_SLICE = 5;

export interface AvcPicture {
  readonly type: PictureType;
  /** Whether nothing before it is ever needed again (§3.69). */
  readonly isIdr: boolean;
}

/**
 * How many bytes give the length of each NAL unit: AVCDecoderConfigurationRecord, ISO/IEC 14496-15 §5.3.3.1, whose fifth
 * byte ends with lengthSizeMinusOne. `undefined` for entries of other codecs.
 */
export function lengthSizeIn(bytes: Uint8Array, entry: Box): number | undefined {
  if (!/^avc[13]$/.test(entry.type)) return undefined;
  return (configurationOf(bytes, entry, 'avcC', 5).getUint8(4) & 0b11) + 1;
}

/**
 * `sample` may end inside its last slice, as far as the slice's first bytes are there; `lengthSize` is that of its track.
 * `undefined` when there is no slice in it.
 */
export function readAvcPicture(sample: Uint8Array, lengthSize: number): AvcPicture | undefined {
  let type: PictureType | undefined;
  let isIdr = false;
  for (const unit of nalUnits(sample, lengthSize)) {
    const kind = (unit[0] ?? 0) & 0b1_1111;
    if (kind !== SLICE && kind !== IDR_SLICE) continue;
    isIdr ||= kind === IDR_SLICE;
    type = freest(type, sliceType(unit));
  }
  return type && { type, isIdr };
}

function* nalUnits(sample: Uint8Array, lengthSize: number): Generator<Uint8Array> {
  const view = viewOf(sample);
  let position = 0;
  while (position + lengthSize < sample.byteLength) {
    let length = 0;
    for (let i = 0; i < lengthSize; i++) length = length * 256 + view.getUint8(position + i);
    position += lengthSize;
    yield sample.subarray(position, position + length);
    position += length;
  }
}

/** A picture is what the freest of its slices is. */
function freest(a: PictureType | undefined, b: PictureType): PictureType {
  if (a === 'B' || b === 'B') return 'B';
  return a === 'P' || b === 'P' ? 'P' : 'I';
}

/** The two numbers in front take at most 32 + 9 bits. */
const HEADER_BYTES = 8;

function sliceType(unit: Uint8Array): PictureType {
  const read = createBitReader(withoutEmulation(unit.subarray(1, 1 + HEADER_BYTES)));
  readExpGolomb(read);
  const type = readExpGolomb(read) % 5;
  if (type === 1) return 'B';
  return type === 0 || type === 3 ? 'P' : 'I';
}

/** Behind two zero bytes stands a 3 that belongs to no syntax element (§7.4.1.1). */
function withoutEmulation(bytes: Uint8Array): Uint8Array {
  return bytes.filter((byte, i) => !(byte === 3 && i >= 2 && bytes[i - 1] === 0 && bytes[i - 2] === 0));
}

/** ue(v), §9.1: as many zeros as there are bits behind the first 1. */
function readExpGolomb(read: (count: number) => number): number {
  let zeros = 0;
  while (zeros < 32 && read(1) === 0) zeros++;
  return 2 ** zeros + read(zeros) - 1;
}
