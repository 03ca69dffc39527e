/**
 * Arranges adaptation sets of audio into groups of renditions (RFC 8216 §4.3.4.1.1): a group for each way of coding, and in
 * each of them the same voices, since players expect to find every language wherever they go.
 */
import { distinctNames } from '../distinct-names.ts';
import { languageName } from '../language-tag.ts';
import type { MediaSet } from '../made-presentation.ts';
import type { MadeRepresentation } from '../made-representation.ts';

export interface SoundGroup {
  readonly id: string;
  /** First part of the codecs string, as `mp4a`. */
  readonly codec: string;
  readonly channels: number;
  /** The first is the default; at least one. */
  readonly members: readonly SoundMember[];
}

export interface SoundMember {
  /** Unique in the group, and the same in all groups. */
  readonly name: string;
  readonly set: MediaSet;
  readonly representation: MadeRepresentation;
}

/** Sets of one voice: what is heard is the same. */
type Voice = readonly MediaSet[];

/** The best of each way of coding first; no two that sound the same. */
export function soundGroups(audio: readonly MediaSet[]): SoundGroup[] {
  const voices = groupedBy(audio, voiceOf);
  const names = distinctNames(voices.map(([set]) => (set ? nameOf(set) : '')));
  const codings = groupedBy(audio, (set) => idOf(codingOf(set)));
  const groups = codings.flatMap((sets): SoundGroup[] => {
    const coding = codingOf(sets[0]);
    const levels = Math.max(...sets.map(({ representations }) => representations.length));
    return Array.from({ length: levels }, (_, level) => ({
      id: levels > 1 ? `${idOf(coding)}-${level + 1}` : idOf(coding),
      ...coding,
      members: voices.map((voice, i) => ({ name: names[i] ?? '', ...memberOf(voice, coding, level) })),
    }));
  });
  return groups.filter((group, i) => !groups.slice(0, i).some((earlier) => isSameSound(earlier, group)));
}

/** So it is where no voice has all of the ways of coding: each group then has the same stand-ins. */
function isSameSound(a: SoundGroup, b: SoundGroup): boolean {
  return (
    a.codec === b.codec &&
    a.members.every(({ representation }, i) => representation === b.members[i]?.representation)
  );
}

/** In the order in which the keys first appear. */
function groupedBy(sets: readonly MediaSet[], keyOf: (set: MediaSet) => string): MediaSet[][] {
  const groups = new Map<string, MediaSet[]>();
  for (const set of sets) groups.set(keyOf(set), [...(groups.get(keyOf(set)) ?? []), set]);
  return [...groups.values()];
}

interface Coding {
  readonly codec: string;
  readonly channels: number;
}

function codingOf(set: MediaSet | undefined): Coding {
  const track = set?.representations[0]?.track;
  return {
    codec: track?.codecs.split('.')[0] ?? '',
    channels: track?.media.kind === 'audio' ? track.media.channels : 0,
  };
}

function idOf({ codec, channels }: Coding): string {
  return `${codec}-${channels}`;
}

function voiceOf({ lang, role, label }: MediaSet): string {
  return JSON.stringify([lang, role, label]);
}

function nameOf({ label, lang }: MediaSet): string {
  return label ?? (lang ? languageName(lang) : 'Sound');
}

/** What is nearest to the wanted coding: a voice that lacks it stands in the group as it is. */
function memberOf(voice: Voice, { codec, channels }: Coding, level: number): Omit<SoundMember, 'name'> {
  const inCodec = voice.filter((set) => codingOf(set).codec === codec);
  const exact = inCodec.find((set) => codingOf(set).channels === channels);
  const set = exact ?? inCodec[0] ?? voice[0];
  const representation = set?.representations[Math.min(level, set.representations.length - 1)];
  if (!set || !representation) throw new Error('A set of audio has no representation.');
  return { set, representation };
}
