/** Reads the channels of an AAC track out of its decoder configuration: sample entries of MP4 often say 2 for all. */
import { type Box, findBox } from '../../player/core/mp4/box.ts';
import { contentOf } from '../../player/core/mp4/box-content.ts';

const ES_DESCRIPTOR = 3;
const DECODER_CONFIG = 4;
const DECODER_SPECIFIC = 5;
/** Bytes in front of what is inside: ES_ID and flags; objectTypeIndication … avgBitrate (ISO/IEC 14496-1 §7.2.6). */
const FIELDS: Readonly<Record<number, number>> = { [ES_DESCRIPTOR]: 3, [DECODER_CONFIG]: 13 };
/** channelConfiguration 1 … 7 (ISO/IEC 14496-3 table 1.19); 0 says that the stream itself knows. */
const CHANNELS = [undefined, 1, 2, 3, 4, 5, 6, 8];

/** `fieldsEnd` is where the boxes inside `entry` begin. `undefined` when it does not say. */
export function aacChannels(track: Uint8Array, entry: Box, fieldsEnd: number): number | undefined {
  const esds = findBox(track, 'esds', fieldsEnd, entry.end);
  if (!esds) return undefined;
  const view = contentOf(track, esds, 4);
  let position = 4;
  while (position + 2 < view.byteLength) {
    const tag = view.getUint8(position);
    position = behindLength(view, position + 1);
    if (tag === DECODER_SPECIFIC && position + 2 <= view.byteLength)
      return channelsIn(view.getUint16(position));
    if (FIELDS[tag] === undefined) return undefined;
    position += FIELDS[tag];
  }
  return undefined;
}

/** Up to four groups of seven bits, the last without its top bit. */
function behindLength(view: DataView, position: number): number {
  let at = position;
  while (at < position + 3 && at < view.byteLength - 1 && view.getUint8(at) & 0x80) at++;
  return at + 1;
}

/** audioObjectType (5 bits), samplingFrequencyIndex (4), channelConfiguration (4); longer forms of the first two are rare. */
function channelsIn(bits: number): number | undefined {
  const isLong = bits >>> 11 === 31 || ((bits >>> 7) & 0b1111) === 15;
  return isLong ? undefined : CHANNELS[(bits >>> 3) & 0b1111];
}
