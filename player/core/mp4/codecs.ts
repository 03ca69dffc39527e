/** Reads the RFC 6381 codecs string out of a sample entry, so that the MPD claims what the bytes are. */
import { StreamingError } from '../errors.ts';
import { readAacConfiguration } from './aac-configuration.ts';
import type { Box } from './box.ts';
import { configurationOf } from './sample-entry.ts';

/** @throws StreamingError `index-invalid` for an entry of another format, or one without its configuration. */
export function codecsOf(bytes: Uint8Array, entry: Box): string {
  const configuration = (type: string, least: number): DataView => configurationOf(bytes, entry, type, least);
  switch (entry.type) {
    case 'avc1':
    case 'avc3':
      return avcCodecs(entry.type, configuration('avcC', 4));
    case 'hvc1':
    case 'hev1':
      return hevcCodecs(entry.type, configuration('hvcC', 13));
    case 'av01':
      return av1Codecs(configuration('av1C', 3));
    case 'vp09':
      return vp9Codecs(configuration('vpcC', 10));
    case 'mp4a':
      return readAacConfiguration(configuration('esds', 8)).codecs;
    case 'Opus':
      configuration('dOps', 11);
      return 'opus';
    case 'ac-3':
    case 'ec-3':
      return entry.type;
    default:
      throw new StreamingError(
        'index-invalid',
        `The codecs string of sample entry "${entry.type}" is not known.`,
      );
  }
}

/**
 * AVCDecoderConfigurationRecord, ISO/IEC 14496-15 §5.3.3.1, one byte each:
 *   configurationVersion = 1; AVCProfileIndication; profile_compatibility; AVCLevelIndication
 */
function avcCodecs(format: string, avcC: DataView): string {
  return `${format}.${[1, 2, 3].map((position) => hexPair(avcC.getUint8(position))).join('')}`;
}

/**
 * HEVCDecoderConfigurationRecord, ISO/IEC 14496-15 §8.3.3.1, written as annex E.3 says:
 *   configurationVersion = 1 (8 bits)
 *   general_profile_space (2): a letter, none for 0; general_tier_flag (1); general_profile_idc (5): decimal
 *   general_profile_compatibility_flags (32): hexadecimal, the last bit first, without leading zeros
 *   general_constraint_indicator_flags (48): hexadecimal bytes, without zeros at the end
 *   general_level_idc (8): decimal, behind the letter of the tier
 */
function hevcCodecs(format: string, hvcC: DataView): string {
  const first = hvcC.getUint8(1);
  const space = ['', 'A', 'B', 'C'][first >>> 6];
  const compatibility = reversedBits(hvcC.getUint32(2)).toString(16).toUpperCase();
  const level = `${first & 0x20 ? 'H' : 'L'}${hvcC.getUint8(12)}`;
  const constraints = [6, 7, 8, 9, 10, 11].map((position) => hvcC.getUint8(position));
  const kept = constraints.slice(0, constraints.findLastIndex((byte) => byte !== 0) + 1);
  const words = kept.map((byte) => byte.toString(16).toUpperCase());
  return [format, `${space}${first & 0x1f}`, compatibility, level, ...words].join('.');
}

function reversedBits(value: number): number {
  let reversed = 0;
  for (let bit = 0; bit < 32; bit++) reversed = reversed * 2 + ((value >>> bit) & 1);
  return reversed;
}

/**
 * AV1CodecConfigurationRecord, AV1 in ISOBMFF §2.3, in its short form: what it leaves out is BT.709 4:2:0 by default.
 *   marker (1 bit) = 1; version (7) = 1
 *   seq_profile (3); seq_level_idx_0 (5)
 *   seq_tier_0 (1); high_bitdepth (1); twelve_bit (1); …
 */
function av1Codecs(av1C: DataView): string {
  const [profileAndLevel, flags] = [av1C.getUint8(1), av1C.getUint8(2)];
  const depth = flags & 0x40 ? (flags & 0x20 ? 12 : 10) : 8;
  const level = `${twoDigits(profileAndLevel & 0x1f)}${flags & 0x80 ? 'H' : 'M'}`;
  return `av01.${profileAndLevel >>> 5}.${level}.${twoDigits(depth)}`;
}

/**
 * VPCodecConfigurationBox, VP Codec ISO Media File Format Binding: version and flags, then
 *   profile (8 bits); level (8)
 *   bitDepth (4); chromaSubsampling (3); videoFullRangeFlag (1)
 *   colourPrimaries (8); transferCharacteristics (8); matrixCoefficients (8)
 * What stands behind the depth is left out when it is 4:2:0 BT.709 in limited range, as its absence says.
 */
function vp9Codecs(vpcC: DataView): string {
  const byte = (position: number): number => vpcC.getUint8(4 + position);
  const main = [byte(0), byte(1), byte(2) >>> 4].map(twoDigits);
  const colour = [(byte(2) >>> 1) & 0b111, byte(3), byte(4), byte(5), byte(2) & 1].map(twoDigits);
  return ['vp09', ...main, ...(colour.join('.') === USUAL_COLOUR ? [] : colour)].join('.');
}

const USUAL_COLOUR = '01.01.01.01.00';

function hexPair(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function twoDigits(value: number): string {
  return value.toString().padStart(2, '0');
}
