/** The Multivariant Playlist (RFC 8216 §4.3.4, which calls it Master Playlist): what there is to choose from. */
import type { Picture } from '../../../player/core/mp4/initialization.ts';
import { averageOf } from '../bandwidth.ts';
import type { MadePresentation, TextSet } from '../made-presentation.ts';
import { type MadeRepresentation, sizedSegments } from '../made-representation.ts';
import { decimalOf } from '../ratio.ts';
import { quoted, tag } from './attribute-list.ts';
import { VERSION } from './media-playlist.ts';
import { peakRate } from './peak-rate.ts';
import { type SoundGroup, type SoundMember, soundGroups } from './sound-groups.ts';
import { chooseVariants, type Variant } from './variants.ts';

/** Name of the media playlist of a representation or text set. */
export function playlistName({ id }: { readonly id: string }): string {
  return `${id}.m3u8`;
}

/** Of the playlist of a representation's key pictures. */
export function keyPicturePlaylistName({ id }: { readonly id: string }): string {
  return `${id}-key.m3u8`;
}

export interface MultivariantRequest {
  /** Folder of the other playlists, as a path beside this one. */
  readonly version: string;
  /** Of the playlists of video and audio. */
  readonly targetDuration: number;
  /** Bytes of the key pictures of those representations that have a playlist of them. */
  readonly keyPictures: ReadonlyMap<MadeRepresentation, readonly number[]>;
}

export function writeMultivariantPlaylist(
  presentation: MadePresentation,
  { version, targetDuration, keyPictures }: MultivariantRequest,
): string {
  const { audio, text } = presentation;
  const groups = soundGroups(audio);
  const variants = chooseVariants(presentation, groups);
  const used = groups.filter((group) => variants.some(({ sound }) => sound === group));
  const lines = [
    ...used.flatMap((group) =>
      group.members.map((member, i) => soundLine(group, member, { version, isDefault: i === 0 })),
    ),
    ...text.map((set) => textLine(set, version)),
    ...variants.flatMap((variant) => [
      streamLine(variant, { targetDuration, hasText: text.length > 0 }),
      `${version}/${playlistName(variant.leading)}`,
    ]),
    ...[...keyPictures].map(([made, sizes]) => keyPictureLine(made, sizes, { version, targetDuration })),
  ];
  return `${['#EXTM3U', VERSION, '#EXT-X-INDEPENDENT-SEGMENTS', ...lines].join('\n')}\n`;
}

function soundLine(
  { id }: SoundGroup,
  { name, set, representation }: SoundMember,
  { version, isDefault }: { readonly version: string; readonly isDefault: boolean },
): string {
  const { media } = representation.track;
  return tag('EXT-X-MEDIA', {
    TYPE: 'AUDIO',
    'GROUP-ID': quoted(id),
    NAME: quoted(name),
    LANGUAGE: set.lang ? quoted(set.lang) : undefined,
    DEFAULT: isDefault ? 'YES' : 'NO',
    AUTOSELECT: isDefault || set.role !== 'commentary' ? 'YES' : 'NO',
    CHANNELS: media.kind === 'audio' ? quoted(`${media.channels}`) : undefined,
    URI: quoted(`${version}/${playlistName(representation)}`),
  });
}

const TEXT_GROUP = 'text';

/** Apple's names for captions that also tell what is heard and not said. */
const CAPTION_CHARACTERISTICS =
  'public.accessibility.transcribes-spoken-dialog,public.accessibility.describes-music-and-sound';

function textLine(set: TextSet, version: string): string {
  return tag('EXT-X-MEDIA', {
    TYPE: 'SUBTITLES',
    'GROUP-ID': quoted(TEXT_GROUP),
    NAME: quoted(set.label),
    LANGUAGE: set.lang ? quoted(set.lang) : undefined,
    DEFAULT: 'NO',
    AUTOSELECT: 'YES',
    FORCED: set.isForced ? 'YES' : 'NO',
    CHARACTERISTICS: set.role === 'caption' ? quoted(CAPTION_CHARACTERISTICS) : undefined,
    URI: quoted(`${version}/${playlistName(set)}`),
  });
}

interface StreamFacts {
  readonly targetDuration: number;
  readonly hasText: boolean;
}

/** Rates are those of the dearest sound in the group, as any of its members may be heard. */
function streamLine({ leading, sound }: Variant, { targetDuration, hasText }: StreamFacts): string {
  const members = sound?.members.map(({ representation }) => representation) ?? [];
  const peakOf = (made: MadeRepresentation): number => peakRate(sizedSegments(made), targetDuration);
  const meanOf = (made: MadeRepresentation): number => Math.ceil(averageOf(sizedSegments(made)));
  const { media } = leading.track;
  const sum = (rateOf: (made: MadeRepresentation) => number): number =>
    (media.kind === 'video' ? rateOf(leading) : 0) + Math.max(0, ...members.map(rateOf));
  const codecs = new Set([leading, ...members].map(({ track }) => track.codecs));
  return tag('EXT-X-STREAM-INF', {
    BANDWIDTH: sum(peakOf),
    'AVERAGE-BANDWIDTH': sum(meanOf),
    CODECS: quoted([...codecs].join(',')),
    ...(media.kind === 'video' ? pictureAttributes(media, leading) : {}),
    AUDIO: sound && quoted(sound.id),
    SUBTITLES: hasText ? quoted(TEXT_GROUP) : undefined,
    'CLOSED-CAPTIONS': media.kind === 'video' ? 'NONE' : undefined,
  });
}

/** EXT-X-I-FRAME-STREAM-INF, §4.3.4.3: no sound, and no rate of frames. */
function keyPictureLine(
  made: MadeRepresentation,
  sizes: readonly number[],
  { version, targetDuration }: { readonly version: string; readonly targetDuration: number },
): string {
  const sized = sizedSegments(made).map(({ duration }, i) => ({ duration, bytes: sizes[i] ?? 0 }));
  const { media, codecs } = made.track;
  return tag('EXT-X-I-FRAME-STREAM-INF', {
    BANDWIDTH: peakRate(sized, targetDuration),
    'AVERAGE-BANDWIDTH': Math.ceil(averageOf(sized)),
    CODECS: quoted(codecs),
    ...(media.kind === 'video' ? { RESOLUTION: `${media.width}x${media.height}`, 'VIDEO-RANGE': 'SDR' } : {}),
    URI: quoted(`${version}/${keyPicturePlaylistName(made)}`),
  });
}

function pictureAttributes({ width, height }: Picture, { frameRate }: MadeRepresentation) {
  return {
    RESOLUTION: `${width}x${height}`,
    'FRAME-RATE': frameRate && decimalOf(frameRate).toFixed(3),
    'VIDEO-RANGE': 'SDR',
  };
}
