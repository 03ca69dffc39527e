/** Reads when segments are: a SegmentTimeline, one @duration for all, or a single segment as long as its period. */
import type { AddressingContext, SegmentInformation } from './addressing-context.ts';
import { type Chain, wholeNumber } from './attributes.ts';
import { timelineTiming } from './segment-timeline.ts';
import { countToEnd, evenTiming, type NumberedTiming, type TimeLine } from './segment-timing.ts';
import { childNamed, invalid, type XmlElement } from './xml-element.ts';

/**
 * `available`: how many segments the MPD lists; Infinity for templates.
 * @throws StreamingError `mpd-invalid` when nothing ends the segments, or @duration is 0.
 */
export function readTiming(
  context: AddressingContext,
  { chain, line }: SegmentInformation,
  available = Number.POSITIVE_INFINITY,
): NumberedTiming {
  const startNumber = wholeNumber(chain, 'startNumber') ?? 1;
  const endNumber = wholeNumber(chain, 'endNumber') ?? Number.POSITIVE_INFINITY;
  const last = Math.min(endNumber, startNumber + available - 1);
  const deciding = timedLevel(chain);
  const timeline = deciding && childNamed(deciding, 'SegmentTimeline');
  if (timeline) {
    const key = `${line.timescale} ${line.offsetTicks} ${startNumber} ${last}`;
    return context.scope.timings(timeline, key, () =>
      timelineTiming(timeline, line, { first: startNumber, last }),
    );
  }
  if (!deciding) return singleTiming(line, startNumber);
  const durationTicks = wholeNumber([deciding], 'duration') ?? 0;
  if (durationTicks === 0) throw invalid(deciding, 'has a @duration of 0.');
  const count = Math.max(0, Math.min(countToEnd(line, durationTicks), last - startNumber + 1));
  if (!Number.isSafeInteger(count * durationTicks)) {
    throw invalid(context.element, 'has no end: neither its period nor @endNumber stops its segments.');
  }
  return evenTiming(line, { durationTicks, startNumber, count });
}

/** The innermost level that says when segments are. */
export function timedLevel(chain: Chain): XmlElement | undefined {
  return chain.find(
    (element) => element.attributes.has('duration') || childNamed(element, 'SegmentTimeline'),
  );
}

function singleTiming(line: TimeLine, number: number): NumberedTiming {
  return {
    count: 1,
    start: () => line.start,
    duration: () => line.end - line.start,
    number: () => number,
    time: () => String(line.offsetTicks),
  };
}
