/** Orders the adaptation sets that this browser plays: the one to begin with first, and none that says the same again. */
import type { AdaptationSet } from '../core/dash/presentation.ts';

type ByPreference = (a: AdaptationSet, b: AdaptationSet) => number;

/**
 * Sets marked main first, then by the greatest height, then by how well the codec compresses, as far as it is among the
 * `thrifty` families, which this device decodes at little cost; else in the order of the MPD.
 */
export function preferVideo(sets: readonly AdaptationSet[], thrifty: ReadonlySet<string>): AdaptationSet[] {
  const height = (set: AdaptationSet) => Math.max(...set.representations.map((r) => r.height ?? 0));
  const compression = (set: AdaptationSet) => {
    const family = familyOf(set);
    return thrifty.has(family) ? COMPRESSION.indexOf(family) : -1;
  };
  return [...sets].sort(mostFirst(mainRank, height, compression));
}

/** The better the later: what H.264 needs most bits for, AV1 needs fewest. */
const COMPRESSION: readonly string[] = ['avc', 'vp9', 'hevc', 'av1'];

/**
 * Sets marked main first, then stereo before more channels, which not every device has the speakers for; else in the
 * order of the MPD. Of sets that sound alike and differ in their codec alone the first stands for all.
 */
export function preferAudio(sets: readonly AdaptationSet[]): AdaptationSet[] {
  const fewest = (set: AdaptationSet) => -Math.max(2, channelsOf(set) ?? 2);
  const sorted = [...sets].sort(mostFirst(mainRank, fewest));
  return sorted.filter((set, i) => !sorted.slice(0, i).some((better) => isSameVoice(better, set)));
}

/** `undefined` when the MPD does not say. */
export function channelsOf({ representations }: AdaptationSet): number | undefined {
  return representations.find(({ channels }) => channels !== undefined)?.channels;
}

/** What kind of decoder a set needs, whatever its profile and level. */
export function familyOf({ representations }: AdaptationSet): string {
  const codec = (representations[0]?.codecs ?? '').split('.')[0]?.toLowerCase() ?? '';
  return FAMILIES[codec] ?? codec;
}

const FAMILIES: Readonly<Record<string, string>> = {
  avc1: 'avc',
  avc3: 'avc',
  hvc1: 'hevc',
  hev1: 'hevc',
  vp09: 'vp9',
  vp9: 'vp9',
  av01: 'av1',
};

function mainRank({ roles }: AdaptationSet): number {
  return roles.includes('main') || roles.length === 0 ? 1 : 0;
}

function isSameVoice(a: AdaptationSet, b: AdaptationSet): boolean {
  return familyOf(a) !== familyOf(b) && voiceOf(a) === voiceOf(b);
}

function voiceOf(set: AdaptationSet): string {
  return JSON.stringify([set.lang, set.label, [...set.roles].sort(), channelsOf(set) ?? 2]);
}

function mostFirst(...measures: readonly ((set: AdaptationSet) => number)[]): ByPreference {
  return (a, b) => {
    for (const measure of measures) {
      const difference = measure(b) - measure(a);
      if (difference !== 0) return difference;
    }
    return 0;
  };
}
