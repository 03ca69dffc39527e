/**
 * SegmentTimeline (ISO/IEC 23009-1 §5.3.9.6): runs of segments of one duration. A run stays a run, so that
 * `<S d="1" r="999999999"/>` costs as much as one segment.
 *
 *   <S t="start" n="number" d="duration" r="repetitions"/>   in ticks; r = -1: up to the next S@t or the period's end
 */
import { ticks, wholeNumber } from './attributes.ts';
import { EDGE_TOLERANCE, lastNotAbove, type NumberedTiming, type TimeLine } from './segment-timing.ts';
import { childrenNamed, invalid, type XmlElement } from './xml-element.ts';

interface Run {
  /** Ticks after the presentation time offset; negative before it. */
  readonly startTicks: number;
  readonly durationTicks: number;
  readonly count: number;
  /** Position of its first segment in the whole timeline. */
  readonly position: number;
  readonly number: number;
}

const NO_RUN: Run = { startTicks: 0, durationTicks: 0, count: 0, position: 0, number: 0 };

/**
 * Overlapping segments keep the start they say; gaps stay gaps.
 * @throws StreamingError `mpd-invalid` for durations of 0, times that go back, and an open end that nothing closes.
 */
export function timelineTiming(
  timeline: XmlElement,
  line: TimeLine,
  numbers: { readonly first: number; readonly last: number },
): NumberedTiming {
  const runs = readRuns(timeline, line, numbers);
  const runAt = (position: number) =>
    runs[lastNotAbove(runs.length, (i) => runs[i]?.position ?? 0, position)] ?? NO_RUN;
  const ticksAt = (position: number) => {
    const run = runAt(position);
    return run.startTicks + (position - run.position) * run.durationTicks;
  };
  const last = runs.at(-1) ?? NO_RUN;
  return {
    count: last.position + last.count,
    start: (position) => line.start + ticksAt(position) / line.timescale,
    duration: (position) => runAt(position).durationTicks / line.timescale,
    number: (position) => {
      const run = runAt(position);
      return run.number + position - run.position;
    },
    time: (position) => String(line.offsetTicks + BigInt(ticksAt(position))),
  };
}

function readRuns(
  timeline: XmlElement,
  line: TimeLine,
  numbers: { readonly first: number; readonly last: number },
): Run[] {
  const elements = childrenNamed(timeline, 'S');
  const starts = elements.map((element) => startTicksOf(element, line));
  const runs: Run[] = [];
  let next = { startTicks: -Number(line.offsetTicks), number: numbers.first };
  let position = 0;
  elements.forEach((element, i) => {
    const startTicks = starts[i] ?? next.startTicks;
    const durationTicks = durationTicksOf(element);
    const isLast = i === elements.length - 1;
    const until = isLast ? endTicksOf(line) : (starts[i + 1] ?? Number.POSITIVE_INFINITY);
    if (!isLast && until <= startTicks) throw invalid(element, 'starts no earlier than the S behind it.');
    const room = Math.max(0, Math.ceil((until - startTicks) / durationTicks));
    const written = repetitionsOf(element, room);
    const number = wholeNumber([element], 'n') ?? next.number;
    next = { startTicks: startTicks + written * durationTicks, number: number + written };
    const count = Math.min(written, room, numbers.last - number + 1);
    if (count <= 0) return;
    checkExact(startTicks + count * durationTicks, element);
    runs.push({ startTicks, durationTicks, count, position, number });
    position += count;
  });
  return runs;
}

function startTicksOf(element: XmlElement, line: TimeLine): number | undefined {
  const start = ticks([element], 't');
  return start === undefined ? undefined : Number(start - line.offsetTicks);
}

function durationTicksOf(element: XmlElement): number {
  const ticks = wholeNumber([element], 'd') ?? 0;
  if (ticks === 0) throw invalid(element, 'has no @d above 0: a segment must last.');
  return ticks;
}

/** Where no segment may start any more; Infinity while the period's end is not known. */
function endTicksOf(line: TimeLine): number {
  return (line.end - line.start - EDGE_TOLERANCE) * line.timescale;
}

/** Segments that the element stands for; `room` is how many fit when it repeats up to what follows. */
function repetitionsOf(element: XmlElement, room: number): number {
  const text = element.attributes.get('r') ?? '0';
  const repetitions = Number(text);
  if (!Number.isSafeInteger(repetitions)) {
    throw invalid(element, `has @r="${text}", which is not a whole number.`);
  }
  if (repetitions >= 0) return repetitions + 1;
  if (Number.isFinite(room)) return room;
  throw invalid(element, 'repeats without end: neither a following S@t nor the end of the period stops it.');
}

function checkExact(ticks: number, element: XmlElement): void {
  if (!Number.isSafeInteger(ticks)) throw invalid(element, 'reaches past 2^53 ticks.');
}
