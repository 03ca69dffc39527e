/** What the MPD says of codecs, picture and sound against the sample entry. */
import { attribute } from '../../player/core/dash/attributes.ts';
import { childrenNamed } from '../../player/core/dash/xml-element.ts';
import type { Claim } from './claims.ts';
import type { ReadMedia } from './read-media.ts';
import type { PictureFacts, SoundFacts, TrackFacts } from './track-facts.ts';
import { type Comparison, compare, type Finding } from './verdict.ts';

export function checkFormat(media: ReadMedia): Finding {
  const { claim, track } = media;
  return compare('format', { representation: claim.id }, [
    ...codecsComparisons(claim, track),
    ...(track.picture ? pictureComparisons(claim, track.picture) : []),
    ...(track.picture ? frameRateComparisons(media) : []),
    ...(track.sound ? soundComparisons(claim, track.sound) : []),
  ]);
}

/** Of formats whose string is not known, the first four letters. */
function codecsComparisons({ representation }: Claim, { codecs, format }: TrackFacts): Comparison[] {
  const claimed = representation.codecs.toLowerCase();
  if (claimed === '') return [[false, 'The MPD does not say its @codecs.']];
  const real = (codecs ?? format).toLowerCase();
  const isSame = codecs ? claimed === real || isExtendedAac(claimed, real) : claimed.startsWith(real);
  return [[isSame, `@codecs is "${representation.codecs}", its sample entry is "${codecs ?? format}".`]];
}

/** HE-AAC may be written as AAC-LC with an extension that only decoders see (ISO/IEC 14496-3 §1.6.5). */
function isExtendedAac(claimed: string, real: string): boolean {
  return real === 'mp4a.40.2' && /^mp4a\.40\.(5|29)$/.test(claimed);
}

function pictureComparisons(claim: Claim, picture: PictureFacts): Comparison[] {
  const { width, height } = claim.representation;
  const [horizontal, vertical] = picture.sampleShape;
  const size = `${picture.width}×${picture.height}`;
  return [
    ...said(
      width,
      (value): Comparison => [value === picture.width, `@width is ${value}, its pictures are ${size}.`],
    ),
    ...said(
      height,
      (value): Comparison => [value === picture.height, `@height is ${value}, its pictures are ${size}.`],
    ),
    ...said(
      shapeOf(claim, 'sar'),
      ([x, y]): Comparison => [
        x * vertical === y * horizontal,
        `@sar is ${x}:${y}, its samples are ${horizontal}:${vertical}.`,
      ],
    ),
    ...said(shapeOf(claim, 'par'), ([x, y]): Comparison => {
      const shown = (picture.height * x * vertical) / (y * horizontal);
      // Sides are whole numbers: the nearest one is as good as can be.
      return [
        Math.abs(shown - picture.width) < 1,
        `@par is ${x}:${y}, its pictures are ${size} with samples of ${horizontal}:${vertical}.`,
      ];
    }),
  ];
}

/** Over its whole length it has as many frames as it says, give or take one. */
function frameRateComparisons({ claim, track, segments }: ReadMedia): Comparison[] {
  const frames = segments.reduce((sum, { facts }) => sum + facts.samples, 0);
  const seconds = segments.reduce((sum, { facts }) => sum + facts.durationTicks, 0) / track.timescale;
  return said(
    claim.representation.frameRate,
    (rate): Comparison => [
      Math.abs(frames - rate * seconds) <= 1,
      `@frameRate is ${attribute(claim.levels, 'frameRate')}, it has ${(frames / seconds).toFixed(3)} frames a second.`,
    ],
  );
}

function soundComparisons(claim: Claim, sound: SoundFacts): Comparison[] {
  const claimedRate = claim.representation.audioSamplingRate;
  // Spectral band replication doubles the rate of the sample entry (ISO/IEC 14496-3 §1.6.5).
  const rates = /mp4a\.40\.(5|29)$/.test(claim.representation.codecs)
    ? [sound.samplingRate, 2 * sound.samplingRate]
    : [sound.samplingRate];
  return [
    ...said(
      sound.samplingRate > 0 ? claimedRate : undefined,
      (rate): Comparison => [
        rates.includes(rate),
        `@audioSamplingRate is ${rate}, its sample entry says ${sound.samplingRate}.`,
      ],
    ),
    ...said(
      channelsOf(claim),
      (channels): Comparison => [
        channels === sound.channels,
        `AudioChannelConfiguration says ${channels} channels, its sample entry ${sound.channels}.`,
      ],
    ),
  ];
}

const CHANNEL_SCHEMES = [
  'urn:mpeg:dash:23003:3:audio_channel_configuration:2011',
  'urn:mpeg:mpegB:cicp:ChannelConfiguration',
];
/** ISO/IEC 23001-8 §8.1: the layouts whose number is not the number of their channels. */
const CHANNELS_OF_LAYOUT: Readonly<Record<number, number>> = { 7: 8, 8: 2, 11: 7, 12: 8, 13: 24, 14: 8 };

/** `undefined` when a scheme says it that is not known. */
function channelsOf({ levels }: Claim): number | undefined {
  const said = levels
    .flatMap((element) => childrenNamed(element, 'AudioChannelConfiguration'))
    .find(({ attributes }) => CHANNEL_SCHEMES.includes(attributes.get('schemeIdUri') ?? ''));
  const layout = Number(said?.attributes.get('value'));
  return layout > 0 ? (CHANNELS_OF_LAYOUT[layout] ?? layout) : undefined;
}

/** `16:9`; `undefined` when it is not said, or is no shape. */
function shapeOf({ levels }: Claim, name: string): readonly [number, number] | undefined {
  const [, x, y] = /^(\d+):(\d+)$/.exec(attribute(levels, name) ?? '') ?? [];
  return Number(x) > 0 && Number(y) > 0 ? [Number(x), Number(y)] : undefined;
}

function said<T>(value: T | undefined, comparison: (value: T) => Comparison): Comparison[] {
  return value === undefined ? [] : [comparison(value)];
}
