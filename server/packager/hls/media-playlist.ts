/**
 * Media Playlists (RFC 8216 §4.3.3): the segments of one representation, or the one file of a text set. They lie beside what
 * they list.
 */
import type { ByteRange } from '../../../player/core/dash/presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import { type MediaPlace, placesOf } from '../media/media-places.ts';
import { quoted, tag } from './attribute-list.ts';
import { secondsText } from './seconds-text.ts';

/** For fragmented MP4 in playlists that are not of I-frames alone 6 is needed (§7); Apple's players ask for 7. */
export const VERSION = '#EXT-X-VERSION:7';

export interface MediaPlaylistRequest {
  /** Of all playlists of video and audio in common (§6.2.4). */
  readonly targetDuration: number;
  /** Name of an initialization to be used in the place of the usual one. */
  readonly initialization?: string;
}

export function writeMediaPlaylist(made: MadeRepresentation, request: MediaPlaylistRequest): string {
  return listing(made, request, placesOf(made).segments);
}

/** Of key pictures alone (§4.3.3.6); `sizes` are the bytes of each segment up to the end of its first picture. */
export function writeKeyPicturePlaylist(
  made: MadeRepresentation,
  request: MediaPlaylistRequest,
  sizes: readonly number[],
): string {
  const pictures = placesOf(made).segments.map(({ file, range }, i) => {
    const first = range?.first ?? 0;
    return { file, range: { first, last: first + (sizes[i] ?? 0) - 1 } };
  });
  return listing(made, request, pictures, ['#EXT-X-I-FRAMES-ONLY']);
}

function listing(
  made: MadeRepresentation,
  request: MediaPlaylistRequest,
  places: readonly MediaPlace[],
  tags: readonly string[] = [],
): string {
  const { targetDuration } = request;
  const initialization = request.initialization
    ? { file: request.initialization }
    : placesOf(made).initialization;
  const map = tag('EXT-X-MAP', {
    URI: quoted(initialization.file),
    BYTERANGE: initialization.range && quoted(byteRange(initialization.range)),
  });
  const durations = presentedDurations(made);
  const segments = places.flatMap(({ file, range }, i) => [
    `#EXTINF:${secondsText(durations[i] ?? 0)},`,
    ...(range ? [`#EXT-X-BYTERANGE:${byteRange(range)}`] : []),
    file,
  ]);
  return playlist(targetDuration, [...tags, map, ...segments]);
}

/** One segment from beginning to end. */
export function writeTextPlaylist(url: string, duration: number): string {
  return playlist(targetDurationOf([duration]), [`#EXTINF:${secondsText(duration)},`, url]);
}

/** The least whole number that no duration is above when it is rounded (§4.3.3.1); not 0. */
export function targetDurationOf(durations: readonly number[]): number {
  return Math.max(1, ...durations.map((duration) => Math.round(duration)));
}

/**
 * Seconds of each segment, in whole microseconds rounded so that errors do not add up: their sum up to any segment is its
 * end on the presentation's time line. What the encoder put in front is not presented, so the first is shorter by it.
 */
export function presentedDurations({ segments, track }: MadeRepresentation): number[] {
  const microseconds = (ticks: number): number =>
    Math.round((Math.max(0, ticks - track.skipTicks) * 1e6) / track.timescale);
  return segments.map(
    ({ startTicks, durationTicks }) =>
      (microseconds(startTicks + durationTicks) - microseconds(startTicks)) / 1e6,
  );
}

function playlist(targetDuration: number, lines: readonly string[]): string {
  const head = ['#EXTM3U', VERSION, `#EXT-X-TARGETDURATION:${targetDuration}`, '#EXT-X-PLAYLIST-TYPE:VOD'];
  return `${[...head, ...lines, '#EXT-X-ENDLIST'].join('\n')}\n`;
}

/** `<length>@<offset>` (§4.3.2.2). */
function byteRange({ first, last }: ByteRange): string {
  return `${last - first + 1}@${first}`;
}
