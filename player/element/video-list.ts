// Offers the player's video representations as `videoRenditions`; the viewer's selection there becomes a pin.
import type { VideoRenditionList, VideoTrack } from 'media-tracks';
import type { Player } from '../engine/player.ts';

/** The part of a media element with tracks (media-tracks) that the list fills. */
export interface VideoListHost {
  readonly videoRenditions: VideoRenditionList;
  addVideoTrack(kind: string): VideoTrack;
  removeVideoTrack(track: VideoTrack): void;
}

export interface VideoList {
  /** Makes the list anew when the player offers other representations than before; puts the pin back. */
  update(player: Player): void;
  clear(): void;
}

/** `pin` gets the id of the representation the viewer selected, undefined for automatic choice. */
export function createVideoList(
  host: VideoListHost,
  pin: (representationId: string | undefined) => void,
): VideoList {
  let track: VideoTrack | undefined;
  let listed = '';

  host.videoRenditions.addEventListener('change', () => {
    const id = host.videoRenditions[host.videoRenditions.selectedIndex]?.id;
    pin(id === undefined ? undefined : decodeURIComponent(id));
  });

  function clear(): void {
    if (track) host.removeVideoTrack(track);
    track = undefined;
    listed = '';
  }

  function fill(player: Player): void {
    track = host.addVideoTrack('main');
    track.id = 'main';
    // Renditions added to a track that is not selected are announced to nobody.
    track.selected = true;
    for (const { id, width, height, codecs, bandwidth, frameRate } of player.videoRepresentations) {
      const rendition = track.addRendition('', width, height, codecs, bandwidth, frameRate);
      rendition.id = menuId(id);
      rendition.selected = id === player.pinned;
    }
  }

  return {
    update(player) {
      const offered = player.videoRepresentations.map(({ id }) => menuId(id)).join(' ');
      if (offered === listed) return;
      clear();
      listed = offered;
      if (offered !== '') fill(player);
    },
    clear,
  };
}

/** Menus write ids into attributes as `id:width:height id:width:height`: neither blanks nor colons may be in one. */
function menuId(representationId: string): string {
  return encodeURIComponent(representationId);
}
