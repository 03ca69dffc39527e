// Offers the player's audio adaptation sets as `audioTracks`, one enabled at a time.
import type { AudioTrack, AudioTrackList } from 'media-tracks';
import type { Player } from '../engine/player.ts';

/** The part of a media element with tracks (media-tracks) that the list fills. */
export interface AudioListHost {
  readonly audioTracks: AudioTrackList;
  addAudioTrack(kind: string, label?: string, language?: string): AudioTrack;
  removeAudioTrack(track: AudioTrack): void;
}

export interface AudioList {
  /** Makes the list anew when the player offers other adaptation sets than before. */
  update(player: Player): void;
  clear(): void;
}

type AudioSet = Player['audioSets'][number];

/** `select` gets the id of the adaptation set that the viewer chose. */
export function createAudioList(host: AudioListHost, select: (setId: string) => void): AudioList {
  const idOf = new Map<AudioTrack, string>();
  let current: AudioTrack | undefined;
  let listed = '';

  // `enabled` is not exclusive (HTML §4.8.11.10.1), but one SourceBuffer plays one set: the newest choice wins.
  host.audioTracks.addEventListener('change', () => {
    const chosen = [...idOf.keys()].find((track) => track.enabled && track !== current) ?? current;
    for (const track of idOf.keys()) track.enabled = track === chosen;
    const setId = chosen && idOf.get(chosen);
    if (chosen === current || setId === undefined) return;
    current = chosen;
    select(setId);
  });

  function clear(): void {
    for (const track of idOf.keys()) host.removeAudioTrack(track);
    idOf.clear();
    current = undefined;
    listed = '';
  }

  function fill(player: Player): void {
    player.audioSets.forEach((set, position) => {
      const track = host.addAudioTrack(kindOf(set), labelOf(set, position), set.lang);
      track.id = `${position}`;
      idOf.set(track, set.id);
      if (set.id !== player.audioSet) return;
      current = track;
      track.enabled = true;
    });
  }

  return {
    update(player) {
      const offered = player.audioSets.map(({ id }) => encodeURIComponent(id)).join(' ');
      if (offered === listed) return;
      clear();
      listed = offered;
      fill(player);
    },
    clear,
  };
}

/** AudioTrack.kind (HTML §4.8.11.10.1) from the roles of ISO/IEC 23009-1 §5.8.5.5. */
function kindOf({ roles }: AudioSet): string {
  if (roles.includes('description')) return 'descriptions';
  if (roles.includes('commentary')) return 'commentary';
  if (roles.includes('dub')) return 'translation';
  return roles.includes('alternate') ? 'alternative' : 'main';
}

/**
 * What a viewer reads: the label of the MPD, else the language's name in the page's language, else "Audio 2"; with the
 * channels behind it where they are more than two.
 */
function labelOf({ label, lang, channels = 2 }: AudioSet, position: number): string {
  const name = label || languageName(lang) || `Audio ${position + 1}`;
  return channels > 2 ? `${name} (${LAYOUT_NAMES[channels] ?? `${channels} channels`})` : name;
}

const LAYOUT_NAMES: Readonly<Record<number, string>> = { 6: '5.1', 8: '7.1' };

function languageName(tag: string): string | undefined {
  if (tag === '' || tag === 'und') return undefined;
  try {
    return new Intl.DisplayNames(undefined, { type: 'language' }).of(tag);
  } catch {
    return tag;
  }
}
