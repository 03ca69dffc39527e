/** Reads how many channels an AudioChannelConfiguration descriptor stands for (ISO/IEC 23009-1 §5.8.5.4). */
import type { Chain } from './attributes.ts';
import { childrenNamed, type XmlElement } from './xml-element.ts';

/** Of the innermost level that has a descriptor this player knows; `undefined` when none has. */
export function audioChannels(chain: Chain): number | undefined {
  for (const element of chain) {
    const counts = childrenNamed(element, 'AudioChannelConfiguration').map(countOf);
    const known = counts.find((count) => count !== undefined);
    if (known !== undefined) return known;
  }
  return undefined;
}

/** ChannelConfiguration of ISO/IEC 23091-3 table 10; up to 6 it is the number of channels itself. */
const CHANNELS: Readonly<Record<number, number>> = {
  ...{ 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 8, 8: 2, 9: 3, 10: 4, 11: 7, 12: 8, 13: 24, 14: 8, 15: 12 },
  ...{ 16: 10, 17: 12, 18: 14, 19: 12, 20: 14 },
};

const BY_CONFIGURATION = [
  'urn:mpeg:dash:23003:3:audio_channel_configuration:2011',
  'urn:mpeg:mpegB:cicp:ChannelConfiguration',
];
/** Hexadecimal, a bit for each speaker or pair of them (ETSI TS 103 190-1 and TS 102 366, annex on DASH). */
const BY_SPEAKER_BITS = [
  'tag:dolby.com,2014:dash:audio_channel_configuration:2011',
  'urn:dolby:dash:audio_channel_configuration:2011',
];
/** From the first bit: L, C, R, Ls, Rs, Lc/Rc, Lrs/Rrs, Cs, Ts, Lsd/Rsd, Lw/Rw, Lvh/Rvh, Cvh, Lts/Rts, LFE2, LFE. */
const PAIRS = 0b0000_0110_0111_0100;

function countOf({ attributes }: XmlElement): number | undefined {
  const scheme = attributes.get('schemeIdUri') ?? '';
  const value = attributes.get('value')?.trim() ?? '';
  if (BY_CONFIGURATION.includes(scheme)) return CHANNELS[Number(value)];
  if (!BY_SPEAKER_BITS.includes(scheme) || !/^[\dA-Fa-f]{4}$/.test(value)) return undefined;
  const bits = Number.parseInt(value, 16);
  return countBits(bits) + countBits(bits & PAIRS);
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>>= 1) count += rest & 1;
  return count;
}
