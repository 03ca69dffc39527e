/** What an MPD says of the presentation as a whole: identifiers, durations, and limits for all of its representations. */
import { attribute, duration, frameRate, wholeNumber } from '../../player/core/dash/attributes.ts';
import { childrenNamed, pathOf, type XmlElement } from '../../player/core/dash/xml-element.ts';
import type { ClaimedPeriod, ClaimedSet, Claims } from './claims.ts';
import type { ReadMedia } from './read-media.ts';
import { type Comparison, compare, type Finding } from './verdict.ts';

export function checkWhole(claims: Claims, media: readonly ReadMedia[]): Finding[] {
  const sets = claims.periods.flatMap((period) => period.sets);
  return [
    compare('times', {}, [...durationComparisons(claims), ...longestComparisons(claims.mpd, media)]),
    compare('format', {}, sets.flatMap(largestComparisons)),
    compare('files', {}, idComparisons(claims)),
  ];
}

/** Durations in an MPD are rounded, by some to tenths of a second. */
const ROUNDING = 0.001;

function durationComparisons({ mpd, periods }: Claims): Comparison[] {
  const total = duration([mpd], 'mediaPresentationDuration');
  const end = Math.max(...periods.map((period: ClaimedPeriod) => period.end));
  if (total === undefined || periods.length === 0) return [];
  return [
    [
      Math.abs(total - end) <= ROUNDING,
      `@mediaPresentationDuration is ${total} s, its periods end at ${end} s.`,
    ],
  ];
}

function longestComparisons(mpd: XmlElement, media: readonly ReadMedia[]): Comparison[] {
  return ['maxSegmentDuration', 'maxSubsegmentDuration'].flatMap((name): Comparison[] => {
    const claimed = duration([mpd], name);
    if (claimed === undefined) return [];
    return media.map((each): Comparison => {
      const ticks = each.segments.reduce((most, { facts }) => Math.max(most, facts.durationTicks), 0);
      const longest = ticks / each.track.timescale;
      return [
        longest <= claimed + 1e-6,
        `@${name} is ${claimed} s, "${each.claim.id}" has a segment of ${Number(longest.toFixed(6))} s.`,
      ];
    });
  });
}

function largestComparisons({ element, representations }: ClaimedSet): Comparison[] {
  const path = pathOf(element);
  const largest = (name: 'width' | 'height' | 'frameRate'): number =>
    Math.max(0, ...representations.map(({ representation }) => representation[name] ?? 0));
  const sizes = (['width', 'height'] as const).flatMap((name): Comparison[] => {
    const attributeName = `max${name[0]?.toUpperCase()}${name.slice(1)}`;
    const claimed = wholeNumber([element], attributeName);
    if (claimed === undefined) return [];
    return [
      [
        claimed >= largest(name),
        `${path} has @${attributeName} ${claimed}, its largest is ${largest(name)}.`,
      ],
    ];
  });
  const fastest = attribute([element], 'maxFrameRate');
  if (fastest === undefined || largest('frameRate') === 0) return sizes;
  const claimed = frameRate([{ ...element, attributes: new Map([['frameRate', fastest]]) }]) ?? 0;
  return [
    ...sizes,
    [
      claimed >= largest('frameRate') - 1e-6,
      `${path} has @maxFrameRate ${fastest}, its fastest is ${largest('frameRate')}.`,
    ],
  ];
}

/** Of periods in the presentation, of sets and of representations in their period (ISO/IEC 23009-1 §5.3). */
function idComparisons({ mpd }: Claims): Comparison[] {
  const periods = childrenNamed(mpd, 'Period');
  const inPeriods = periods.flatMap((period): Comparison[] => {
    const sets = childrenNamed(period, 'AdaptationSet');
    const representations = sets.flatMap((set) => childrenNamed(set, 'Representation'));
    return [uniqueComparison(sets), uniqueComparison(representations)];
  });
  return [uniqueComparison(periods), ...inPeriods];
}

function uniqueComparison(elements: readonly XmlElement[]): Comparison {
  const seen = new Set<string>();
  const twice = elements.find(({ attributes }) => {
    const id = attributes.get('id');
    const isTaken = id !== undefined && seen.has(id);
    if (id !== undefined) seen.add(id);
    return isTaken;
  });
  return [
    twice === undefined,
    twice ? `${pathOf(twice)} has the id "${twice.attributes.get('id')}", which is taken.` : '',
  ];
}
