/** Writes a title's HLS playlists (RFC 8216) over the same bytes as its MPD. */
import { type MadePresentation, representationsOf } from '../made-presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import {
  presentedDurations,
  targetDurationOf,
  writeKeyPicturePlaylist,
  writeMediaPlaylist,
  writeTextPlaylist,
} from './media-playlist.ts';
import { keyPicturePlaylistName, playlistName, writeMultivariantPlaylist } from './multivariant-playlist.ts';

/** What HLS has to be told besides what the MPD is written from. */
export interface HlsNeeds {
  /** Initializations to be used in the place of the usual ones: names inside the version's folder. */
  readonly initializations: ReadonlyMap<MadeRepresentation, string>;
  /** For pictures to be shown while somebody drags along the time line: bytes of each segment up to its first one's end. */
  readonly keyPictures: ReadonlyMap<MadeRepresentation, readonly number[]>;
}

/**
 * The media playlists, by name. They lie among the media and never change either: a player may ask for one long after it has
 * read what there is to choose from, and must not be led to another film's segments by then.
 */
export function writeMediaPlaylists(presentation: MadePresentation, needs: HlsNeeds): Record<string, string> {
  const targetDuration = targetDurationFor(presentation);
  const media = representationsOf(presentation).map((each) => {
    const initialization = needs.initializations.get(each);
    const request = { targetDuration, ...(initialization ? { initialization } : {}) };
    return [playlistName(each), writeMediaPlaylist(each, request)];
  });
  const pictures = [...needs.keyPictures].map(([each, sizes]) => [
    keyPicturePlaylistName(each),
    writeKeyPicturePlaylist(each, { targetDuration }, sizes),
  ]);
  const text = presentation.text.map((set) => [
    playlistName(set),
    writeTextPlaylist(set.file, presentation.duration),
  ]);
  return Object.fromEntries([...media, ...pictures, ...text]);
}

/** The Multivariant Playlist; `version` is the folder of the others, beside it. */
export function writeMainPlaylist(
  presentation: MadePresentation,
  { version, needs }: { readonly version: string; readonly needs: HlsNeeds },
): string {
  const targetDuration = targetDurationFor(presentation);
  return writeMultivariantPlaylist(presentation, { version, targetDuration, keyPictures: needs.keyPictures });
}

/** Of all playlists of video and audio in common (RFC 8216 §6.2.4). */
function targetDurationFor(presentation: MadePresentation): number {
  return targetDurationOf(representationsOf(presentation).flatMap(presentedDurations));
}
