/** Reads the periods of an MPD one after the other: each begins where the one before tells, or where it says itself. */
import type { StreamingError } from '../errors.ts';
import { readAdaptationSet } from './adaptation-set.ts';
import { attribute, duration } from './attributes.ts';
import { resolveBaseUrls } from './base-url.ts';
import type { AdaptationSet, Period } from './presentation.ts';
import type { PeriodBounds } from './segment-timing.ts';
import { isResolvedToZero, remoteOf } from './xlink.ts';
import { childNamed, childrenNamed, invalid, unsupported, type XmlElement } from './xml-element.ts';

/** Where the presentation's text is, and what it says about the whole. */
export interface PeriodContext {
  readonly baseUrls: readonly string[];
  /** Seconds; undefined when the MPD does not say. */
  readonly total: number | undefined;
  /** Why something is left out; added to. */
  readonly refusals: StreamingError[];
}

/**
 * Periods without anything to play, and those that last no time, are left out.
 * @throws StreamingError `mpd-invalid` when a period's place on the time line cannot be told.
 */
export function readPeriods(mpd: XmlElement, context: PeriodContext): Period[] {
  const elements = childrenNamed(mpd, 'Period').filter((element) => !isResolvedToZero(element));
  const periods: Period[] = [];
  let previous: PeriodBounds = { start: 0, end: 0 };
  elements.forEach((element, i) => {
    const start = duration([element], 'start') ?? previous.end;
    if (start < previous.start) throw invalid(element, 'starts before the period in front of it.');
    const written = { start, end: endOf(element, start, elements[i + 1], context.total) };
    const baseUrls = resolveBaseUrls(context.baseUrls, element);
    if (remoteOf(element) !== undefined && !childNamed(element, 'AdaptationSet')) {
      context.refusals.push(
        unsupported(element, 'stands elsewhere (xlink), which this player does not follow.'),
      );
    }
    const read = readSets(element, written, baseUrls, context.refusals);
    previous = read.bounds;
    const seconds = previous.end - start;
    if (seconds <= 0 || read.adaptationSets.length === 0) return;
    const id = attribute([element], 'id') ?? String(i);
    periods.push({ id, start, duration: seconds, adaptationSets: read.adaptationSets });
  });
  return periods;
}

/** By its own duration, but no longer than to the next period; Infinity when nothing tells (ISO/IEC 23009-1 §5.3.2.1). */
function endOf(
  element: XmlElement,
  start: number,
  next: XmlElement | undefined,
  total: number | undefined,
): number {
  const seconds = duration([element], 'duration');
  const following = next ? duration([next], 'start') : undefined;
  const own = seconds === undefined ? undefined : start + seconds;
  const outer = following ?? (next ? undefined : (own ?? total));
  return Math.min(own ?? Number.POSITIVE_INFINITY, outer ?? Number.POSITIVE_INFINITY);
}

interface ReadSets {
  readonly bounds: PeriodBounds;
  readonly adaptationSets: readonly AdaptationSet[];
}

/** A period of unknown end is read twice: the first time to see where its segments end. */
function readSets(
  element: XmlElement,
  bounds: PeriodBounds,
  baseUrls: readonly string[],
  refusals: StreamingError[],
): ReadSets {
  const taken = { sets: new Set<string>(), representations: new Set<string>() };
  const adaptationSets = childrenNamed(element, 'AdaptationSet')
    .filter((set) => !isResolvedToZero(set))
    .flatMap((set) => readAdaptationSet(set, { bounds, baseUrls, taken, refusals }) ?? []);
  if (Number.isFinite(bounds.end)) return { bounds, adaptationSets };
  const end = lastEnd(adaptationSets);
  if (end === undefined && adaptationSets.length === 0)
    return { bounds: { ...bounds, end: bounds.start }, adaptationSets };
  if (end === undefined)
    throw invalid(element, 'has no end: no @duration, no following @start, no @mediaPresentationDuration.');
  return readSets(element, { ...bounds, end }, baseUrls, []);
}

/** Where the last segment that the MPD knows ends; undefined when it knows none. */
function lastEnd(adaptationSets: readonly AdaptationSet[]): number | undefined {
  const ends = adaptationSets
    .flatMap((set) => set.representations)
    .map(({ addressing }) => {
      const last =
        addressing.kind === 'list' ? addressing.segments.at(addressing.segments.count - 1) : undefined;
      return last ? last.start + last.duration : Number.NaN;
    })
    .filter(Number.isFinite);
  return ends.length > 0 ? Math.max(...ends) : undefined;
}
