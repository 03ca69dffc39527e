/** Whether an initialization is one that players and validators take: one track, brands as claimed, no edit list that misleads. */
import { attribute } from '../../player/core/dash/attributes.ts';
import type { XmlElement } from '../../player/core/dash/xml-element.ts';
import type { ReadMedia } from './read-media.ts';
import type { TrackFacts } from './track-facts.ts';
import { type Comparison, compare, type Finding } from './verdict.ts';

/** `mpd` is the root, whose `@profiles` hold where no inner element has its own. */
export function checkInitialization(media: ReadMedia, mpd: XmlElement, isTitle: boolean): Finding {
  const { claim, track } = media;
  const comparisons: Comparison[] = [
    [track.tracks === 1, `Its initialization has ${track.tracks} tracks.`],
    editComparison(media, isTitle),
    brandComparison(track, attribute([...claim.levels, mpd], 'profiles') ?? ''),
  ];
  return compare('boxes', { representation: claim.id }, comparisons);
}

/**
 * Browsers skip what an edit list says and what the MPD says: beside a presentation time offset it is skipped twice. Titles
 * of ours have none at all.
 */
function editComparison({ claim, track: { edits, timescale } }: ReadMedia, isTitle: boolean): Comparison {
  const moving = edits.find(({ mediaTimeTicks }) => mediaTimeTicks !== 0);
  const seconds = ((moving?.mediaTimeTicks ?? 0) / timescale).toFixed(4);
  const isHarmless = !isTitle && claim.information.line.offsetTicks === 0n;
  return [
    moving === undefined || isHarmless,
    moving?.mediaTimeTicks === -1
      ? 'An edit list (elst) delays it, beside what the MPD says.'
      : `An edit list (elst) skips ${seconds} s, beside what the MPD says.`,
  ];
}

const CMAF_BRANDS = ['cmfc', 'cmf2'];

/** ISO/IEC 23000-19 §7.2: a CMAF header names the structural brand. */
function brandComparison({ brands }: TrackFacts, profiles: string): Comparison {
  const isCmaf = profiles.includes('urn:mpeg:dash:profile:cmaf:2019');
  const isBranded = brands.some((brand) => CMAF_BRANDS.includes(brand));
  return [!isCmaf || isBranded, `The MPD claims CMAF, its brands are ${brands.join(' ') || 'missing'}.`];
}
