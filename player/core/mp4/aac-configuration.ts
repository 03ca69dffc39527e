/** Reads what kind of MPEG-4 audio a track holds, and how many channels: the sample entry's own count is not to be relied on. */
import { StreamingError } from '../errors.ts';
import { createBitReader } from './bit-reader.ts';

export interface AacConfiguration {
  /** RFC 6381, as `mp4a.40.2`. */
  readonly codecs: string;
  /** Absent when the stream itself has to be asked. */
  readonly channels?: number;
}

const MPEG4_AUDIO = 0x40;
const ES_DESCRIPTOR = 3;
const DECODER_CONFIG_DESCRIPTOR = 4;
const DECODER_SPECIFIC_INFO = 5;

/**
 * ESDBox, ISO/IEC 14496-14 §6.7: version and flags, then descriptors inside one another.
 * @throws StreamingError `index-invalid` when a descriptor is missing or cut off.
 */
export function readAacConfiguration(esds: DataView): AacConfiguration {
  const stream = behindHeader(esds, 4, ES_DESCRIPTOR, 3);
  const flags = esds.getUint8(stream + 2);
  const optional = (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
  const config = behindHeader(esds, stream + 3 + optional, DECODER_CONFIG_DESCRIPTOR, 13);
  const objectType = esds.getUint8(config);
  if (objectType !== MPEG4_AUDIO) return { codecs: `mp4a.${objectType.toString(16)}` };
  return readSpecificConfig(esds, behindHeader(esds, config + 13, DECODER_SPECIFIC_INFO, 2));
}

const ESCAPED_OBJECT_TYPE = 31;
const WRITTEN_OUT_RATE = 15;
/** Bits of the sampling rate where it is not an entry of a table. */
const RATE_BITS = 24;

/** channelConfiguration, ISO/IEC 14496-3 table 1.19: up to 6 it is the number of channels. */
const CHANNELS: Readonly<Record<number, number>> = {
  1: 1,
  2: 2,
  3: 3,
  4: 4,
  5: 5,
  6: 6,
  7: 8,
  11: 7,
  12: 8,
  14: 8,
};

/**
 * AudioSpecificConfig, ISO/IEC 14496-3 §1.6.2.1:
 *   audioObjectType (5 bits); if it is 31: audioObjectTypeExt (6 bits), to be added to 32
 *   samplingFrequencyIndex (4); if it is 15: samplingFrequency (24)
 *   channelConfiguration (4)
 */
function readSpecificConfig(esds: DataView, start: number): AacConfiguration {
  const read = createBitReader(new Uint8Array(esds.buffer, esds.byteOffset, esds.byteLength).subarray(start));
  const short = read(5);
  const objectType = short === ESCAPED_OBJECT_TYPE ? 32 + read(6) : short;
  if (read(4) === WRITTEN_OUT_RATE) read(RATE_BITS);
  const channels = CHANNELS[read(4)];
  return { codecs: `mp4a.40.${objectType}`, ...(channels === undefined ? {} : { channels }) };
}

/** Position of a descriptor's content: behind its tag and its length, which is coded in up to four 7-bit groups. */
function behindHeader(esds: DataView, position: number, tag: number, least: number): number {
  let at = position + 1;
  while (at < position + 4 && at < esds.byteLength && esds.getUint8(at) & 0x80) at++;
  if (at + 1 + least <= esds.byteLength && esds.getUint8(position) === tag) return at + 1;
  const message = `Box "esds" has no complete descriptor ${tag} at its byte ${position}.`;
  throw new StreamingError('index-invalid', message);
}
