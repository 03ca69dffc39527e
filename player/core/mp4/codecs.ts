/** Reads the RFC 6381 codecs string out of a sample entry, so that the MPD claims what the bytes are. */
import { StreamingError } from '../errors.ts';
import { type Box, findBox } from './box.ts';
import { contentOf } from './box-content.ts';

/** Bytes of a VisualSampleEntry and an AudioSampleEntry before their child boxes (ISO/IEC 14496-12 §12.1.3, §12.2.3). */
const VISUAL_FIELDS = 78;
const AUDIO_FIELDS = 28;

/** @throws StreamingError `index-invalid` for an entry of another format, or one without its configuration. */
export function codecsOf(bytes: Uint8Array, entry: Box): string {
  switch (entry.type) {
    case 'avc1':
    case 'avc3':
      return avcCodecs(entry.type, configuration(bytes, entry, VISUAL_FIELDS, 'avcC'));
    case 'mp4a':
      return aacCodecs(configuration(bytes, entry, AUDIO_FIELDS, 'esds'));
    default:
      throw invalid(`The codecs string of sample entry "${entry.type}" is not known.`);
  }
}

/**
 * AVCDecoderConfigurationRecord, ISO/IEC 14496-15 §5.3.3.1, one byte each:
 *   configurationVersion = 1; AVCProfileIndication; profile_compatibility; AVCLevelIndication
 */
function avcCodecs(format: string, avcC: DataView): string {
  const hex = [1, 2, 3].map((position) => avcC.getUint8(position).toString(16).padStart(2, '0'));
  return `${format}.${hex.join('')}`;
}

const MPEG4_AUDIO = 0x40;
const ES_DESCRIPTOR = 3;
const DECODER_CONFIG_DESCRIPTOR = 4;
const DECODER_SPECIFIC_INFO = 5;

/**
 * ISO/IEC 14496-14 §6.7: version and flags, then descriptors inside one another. The DecoderSpecificInfo begins with
 *   audioObjectType (5 bits); if it is 31: audioObjectTypeExt (6 bits), to be added to 32
 */
function aacCodecs(esds: DataView): string {
  const stream = behindHeader(esds, 4, ES_DESCRIPTOR, 3);
  const flags = esds.getUint8(stream + 2);
  const optional = (flags & 0x80 ? 2 : 0) + (flags & 0x20 ? 2 : 0);
  const config = behindHeader(esds, stream + 3 + optional, DECODER_CONFIG_DESCRIPTOR, 13);
  const objectType = esds.getUint8(config);
  if (objectType !== MPEG4_AUDIO) return `mp4a.${objectType.toString(16)}`;
  const bits = esds.getUint16(behindHeader(esds, config + 13, DECODER_SPECIFIC_INFO, 2));
  const audioObjectType = bits >>> 11;
  return `mp4a.40.${audioObjectType === 31 ? 32 + ((bits >>> 5) & 0b11_1111) : audioObjectType}`;
}

/** Position of a descriptor's content: behind its tag and its length, which is coded in up to four 7-bit groups. */
function behindHeader(esds: DataView, position: number, tag: number, least: number): number {
  let at = position + 1;
  while (at < position + 4 && at < esds.byteLength && esds.getUint8(at) & 0x80) at++;
  if (at + 1 + least <= esds.byteLength && esds.getUint8(position) === tag) return at + 1;
  throw invalid(`Box "esds" has no complete descriptor ${tag} at its byte ${position}.`);
}

function configuration(bytes: Uint8Array, entry: Box, fields: number, type: string): DataView {
  const box = findBox(bytes, type, entry.contentStart + fields, entry.end);
  if (!box) throw invalid(`Sample entry "${entry.type}" has no "${type}" box.`);
  return contentOf(bytes, box, 8);
}

function invalid(message: string): StreamingError {
  return new StreamingError('index-invalid', message);
}
