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

export interface PlaylistRequest {
  /** Folder of the media beside the playlists. */
  readonly version: string;
  /** Name of the Multivariant Playlist. */
  readonly main: string;
  readonly needs: HlsNeeds;
}

/** What HLS has to be told besides what the MPD is written from. */
export interface HlsNeeds {
  /** Initializations to be used in the place of the usual ones: names inside the version's folder. */
  readonly initializations: ReadonlyMap<MadeRepresentation, string>;
  /** For pictures to be shown while somebody drags along the time line: bytes of each segment up to its first one's end. */
  readonly keyPictures: ReadonlyMap<MadeRepresentation, readonly number[]>;
}

/** Texts by file name; all stand beside the MPD. */
export function writePlaylists(
  presentation: MadePresentation,
  { version, main, needs }: PlaylistRequest,
): Record<string, string> {
  const made = representationsOf(presentation);
  const targetDuration = targetDurationOf(made.flatMap(presentedDurations));
  const media = made.map((each) => {
    const initialization = needs.initializations.get(each);
    const request = { targetDuration, version, ...(initialization ? { initialization } : {}) };
    return [playlistName(each), writeMediaPlaylist(each, request)];
  });
  const pictures = [...needs.keyPictures].map(([each, sizes]) => [
    keyPicturePlaylistName(each),
    writeKeyPicturePlaylist(each, { targetDuration, version }, sizes),
  ]);
  const text = presentation.text.map((set) => [
    playlistName(set),
    writeTextPlaylist(`${version}/${set.file}`, presentation.duration),
  ]);
  return {
    [main]: writeMultivariantPlaylist(presentation, { targetDuration, keyPictures: needs.keyPictures }),
    ...Object.fromEntries([...media, ...pictures, ...text]),
  };
}
