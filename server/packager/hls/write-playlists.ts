/** Writes a title's HLS playlists (RFC 8216) over the same bytes as its MPD. */
import { type MadePresentation, representationsOf } from '../made-presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import {
  presentedDurations,
  targetDurationOf,
  writeMediaPlaylist,
  writeTextPlaylist,
} from './media-playlist.ts';
import { playlistName, writeMultivariantPlaylist } from './multivariant-playlist.ts';

export interface PlaylistRequest {
  /** Folder of the media beside the playlists. */
  readonly version: string;
  /** Name of the Multivariant Playlist. */
  readonly main: string;
  /** Initializations that HLS needs in the place of the usual ones, by representation: names inside the version's folder. */
  readonly initializations: ReadonlyMap<MadeRepresentation, string>;
}

/** Texts by file name; all stand beside the MPD. */
export function writePlaylists(
  presentation: MadePresentation,
  { version, main, initializations }: PlaylistRequest,
): Record<string, string> {
  const made = representationsOf(presentation);
  const targetDuration = targetDurationOf(made.flatMap(presentedDurations));
  const media = made.map((each) => {
    const initialization = initializations.get(each);
    const request = { targetDuration, version, ...(initialization ? { initialization } : {}) };
    return [playlistName(each), writeMediaPlaylist(each, request)];
  });
  const text = presentation.text.map((set) => [
    playlistName(set),
    writeTextPlaylist(`${version}/${set.file}`, presentation.duration),
  ]);
  return {
    [main]: writeMultivariantPlaylist(presentation, targetDuration),
    ...Object.fromEntries([...media, ...text]),
  };
}
