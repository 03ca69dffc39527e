/** Reads HLS playlists (RFC 8216 §4) as far as they make claims that can be checked. */
import type { ByteRange } from '../../../player/core/dash/presentation.ts';
import { UnreadableError } from '../folder-reader.ts';

export interface MultivariantPlaylist {
  readonly kind: 'multivariant';
  /** `EXT-X-STREAM-INF` and the URI behind it. */
  readonly variants: readonly (readonly [Attributes, uri: string])[];
  /** `EXT-X-MEDIA`. */
  readonly media: readonly Attributes[];
  /** `EXT-X-I-FRAME-STREAM-INF`. */
  readonly keyPictures: readonly Attributes[];
}

export interface MediaPlaylist {
  readonly kind: 'media';
  /** Seconds; 0 when it is missing. */
  readonly targetDuration: number;
  readonly map?: Place;
  readonly segments: readonly PlaylistSegment[];
  readonly isEnded: boolean;
  /** Of key pictures alone: each of its places is the beginning of a segment. */
  readonly isKeyPictures: boolean;
}

export interface Place {
  readonly uri: string;
  readonly range?: ByteRange;
}

export interface PlaylistSegment extends Place {
  /** Seconds. */
  readonly duration: number;
}

export type Attributes = ReadonlyMap<string, string>;

/** @throws UnreadableError for text that is no playlist. */
export function readPlaylist(text: string): MultivariantPlaylist | MediaPlaylist {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines[0]?.trim() !== '#EXTM3U') throw new UnreadableError('It does not begin with #EXTM3U.');
  const isMultivariant = lines.some((line) => line.startsWith('#EXT-X-STREAM-INF:'));
  return isMultivariant ? readMultivariant(lines) : readMedia(lines);
}

function readMultivariant(lines: readonly string[]): MultivariantPlaylist {
  const variants = lines.flatMap((line, i): (readonly [Attributes, string])[] => {
    const value = contentOf(line, '#EXT-X-STREAM-INF:');
    if (value === undefined) return [];
    const uri = lines[i + 1];
    if (!uri || uri.startsWith('#')) throw new UnreadableError('A variant names no playlist.');
    return [[readAttributes(value), uri]];
  });
  return {
    kind: 'multivariant',
    variants,
    media: attributesOf(lines, '#EXT-X-MEDIA:'),
    keyPictures: attributesOf(lines, '#EXT-X-I-FRAME-STREAM-INF:'),
  };
}

function attributesOf(lines: readonly string[], tag: string): Attributes[] {
  return lines.flatMap((line) => {
    const value = contentOf(line, tag);
    return value === undefined ? [] : [readAttributes(value)];
  });
}

function readMedia(lines: readonly string[]): MediaPlaylist {
  const segments: PlaylistSegment[] = [];
  let pending: Pending = {};
  for (const line of lines) {
    if (line.startsWith('#')) pending = { ...pending, ...pendingOf(line) };
    else {
      segments.push(segmentOf(line, pending, segments.at(-1)));
      pending = {};
    }
  }
  const [map] = lines.flatMap((line) => contentOf(line, '#EXT-X-MAP:') ?? []);
  const [target = 0] = lines.flatMap((line) => contentOf(line, '#EXT-X-TARGETDURATION:') ?? []);
  return {
    kind: 'media',
    targetDuration: Number(target),
    segments,
    isEnded: lines.includes('#EXT-X-ENDLIST'),
    isKeyPictures: lines.includes('#EXT-X-I-FRAMES-ONLY'),
    ...(map === undefined ? {} : { map: placeOf(readAttributes(map)) }),
  };
}

/** What the lines in front of a URI say of it. */
interface Pending {
  readonly duration?: number;
  readonly range?: string;
}

function pendingOf(line: string): Pending {
  const duration = contentOf(line, '#EXTINF:');
  const range = contentOf(line, '#EXT-X-BYTERANGE:');
  return {
    ...(duration === undefined ? {} : { duration: Number.parseFloat(duration) }),
    ...(range === undefined ? {} : { range }),
  };
}

function segmentOf(
  uri: string,
  { duration, range }: Pending,
  before: PlaylistSegment | undefined,
): PlaylistSegment {
  if (duration === undefined || !(duration >= 0))
    throw new UnreadableError(`"${uri}" has no duration (EXTINF).`);
  return { uri, duration, ...rangeOf(range, before, uri) };
}

function contentOf(line: string, tag: string): string | undefined {
  return line.startsWith(tag) ? line.slice(tag.length) : undefined;
}

/** AttributeList, §4.2: `NAME=value`, with commas between; a quoted string may hold commas itself. */
function readAttributes(text: string): Attributes {
  const pairs = text.matchAll(/([A-Z0-9-]+)=(?:"([^"]*)"|([^,]*))(?:,|$)/g);
  return new Map([...pairs].map(([, name = '', quoted, bare = '']) => [name, quoted ?? bare]));
}

function placeOf(attributes: Attributes): Place {
  return { uri: attributes.get('URI') ?? '', ...rangeOf(attributes.get('BYTERANGE'), undefined, '') };
}

/** `<length>@<offset>`; without an offset right behind the range before, of the same file (§4.3.2.2). */
function rangeOf(
  text: string | undefined,
  before: Place | undefined,
  uri: string,
): { readonly range?: ByteRange } {
  if (text === undefined) return {};
  const [, length, offset] = /^(\d+)(?:@(\d+))?$/.exec(text.trim()) ?? [];
  const follows = before?.uri === uri && before.range ? before.range.last + 1 : undefined;
  const first = offset === undefined ? follows : Number(offset);
  if (length === undefined || first === undefined) throw new UnreadableError(`"${text}" is no byte range.`);
  return { range: { first, last: first + Number(length) - 1 } };
}
