/** Reads the periods of an MPD one after the other: each begins where the one before tells, or where it says itself. */
import type { StreamingError } from '../errors.ts';
import { readAdaptationSet } from './adaptation-set.ts';
import { duration } from './attributes.ts';
import { resolveBaseUrls } from './base-url.ts';
import { createPeriodScope } from './period-scope.ts';
import type { AdaptationSet, Period } from './presentation.ts';
import type { PeriodBounds } from './segment-timing.ts';
import { isRemote, isResolvedToZero, remoteError } from './xlink.ts';
import { childNamed, childrenNamed, invalid, type XmlElement } from './xml-element.ts';

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
    if (isRemote(element) && !childNamed(element, 'AdaptationSet'))
      context.refusals.push(remoteError(element));
    const bounds = { start, end: endOf(element, start, elements[i + 1], context.total) };
    const { end, adaptationSets } = readSets(element, bounds, context);
    previous = { start, end };
    if (end <= start || adaptationSets.length === 0) return;
    periods.push({
      id: element.attributes.get('id') ?? String(i),
      start,
      duration: end - start,
      adaptationSets,
    });
  });
  return periods;
}

/** By its own duration, but no longer than to the next period; Infinity when nothing tells (ISO/IEC 23009-1 §5.3.2.1). */
function endOf(
  element: XmlElement,
  start: number,
  next: XmlElement | undefined,
  total = Number.POSITIVE_INFINITY,
): number {
  const own = start + (duration([element], 'duration') ?? Number.POSITIVE_INFINITY);
  if (!next) return own < Number.POSITIVE_INFINITY ? own : total;
  return Math.min(own, duration([next], 'start') ?? Number.POSITIVE_INFINITY);
}

/** A period of unknown end is read twice: the first time to see where its segments end. */
function readSets(element: XmlElement, bounds: PeriodBounds, context: PeriodContext): ReadSets {
  const scope = createPeriodScope(bounds, context.refusals);
  const period = { element, scope, baseUrls: resolveBaseUrls(context.baseUrls, element) };
  const adaptationSets = childrenNamed(element, 'AdaptationSet')
    .filter((set) => !isResolvedToZero(set))
    .flatMap((set) => readAdaptationSet(set, period) ?? []);
  if (bounds.end < Number.POSITIVE_INFINITY) return { end: bounds.end, adaptationSets };
  if (adaptationSets.length === 0) return { end: bounds.start, adaptationSets };
  return readSets(element, { ...bounds, end: lastEnd(adaptationSets, element) }, context);
}

interface ReadSets {
  readonly end: number;
  readonly adaptationSets: readonly AdaptationSet[];
}

/** Where the last segment that the MPD knows ends. */
function lastEnd(adaptationSets: readonly AdaptationSet[], element: XmlElement): number {
  const ends = adaptationSets
    .flatMap((set) => set.representations)
    .flatMap(({ addressing }) => {
      const list = addressing.kind === 'list' ? addressing.segments : undefined;
      const last = list?.at(list.count - 1);
      return last ? last.start + last.duration : [];
    });
  const end = Math.max(...ends.filter(Number.isFinite));
  if (Number.isFinite(end)) return end;
  throw invalid(element, 'has no end: no @duration, no following @start, no @mediaPresentationDuration.');
}
