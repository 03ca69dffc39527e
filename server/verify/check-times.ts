/** Starts and durations that MPD or segment index claim against `tfdt` and `trun`, and segments against each other. */
import type { ReadMedia, ReadSegment } from './read-media.ts';
import type { SegmentFacts } from './segment-facts.ts';
import type { Edit, TrackFacts } from './track-facts.ts';
import type { Fault, Finding } from './verdict.ts';

export function checkTimes({ claim, track, segments }: ReadMedia): Finding {
  const { timescale } = track;
  const place = ({ number, claimed }: ReadSegment) => ({
    check: 'times' as const,
    representation: claim.id,
    segment: number,
    file: claimed.file,
    byte: claimed.first,
  });
  const faults = segments.flatMap((segment, i): Fault[] => {
    const before = segments[i - 1];
    const sentences = [
      startSentence(segment, track),
      durationSentence(segment, timescale),
      before?.number === segment.number - 1
        ? holeSentence(before.facts, segment.facts, timescale)
        : undefined,
    ];
    return sentences.flatMap((sentence) => (sentence ? [{ ...place(segment), sentence }] : []));
  });
  return { check: 'times', representation: claim.id, looked: segments.length, faults };
}

/** A claim means the decode time of the first sample, or when the first one is shown (ISO/IEC 23009-1 §5.3.9.6). */
function startSentence(
  { claimed, facts }: ReadSegment,
  { timescale, edits }: TrackFacts,
): string | undefined {
  const candidates = [facts.startTicks, facts.earliestTicks].map((ticks) => ticks / timescale);
  if (candidates.some((start) => isSame(claimed.start, start, claimed, timescale))) return undefined;
  const [start = 0] = candidates;
  return `It is said to start at ${seconds(claimed.start)}, its boxes start at ${seconds(start)}, ${ticksApart(claimed.start, start, timescale)}.${explanation(edits, (start - claimed.start) * timescale)}`;
}

/** Packagers that subtract an edit list mean well; whoever looks for a segment by its `tfdt` is misled all the same. */
function explanation(edits: readonly Edit[], ticks: number): string {
  return edits.some(({ mediaTimeTicks }) => mediaTimeTicks > 0 && Math.abs(mediaTimeTicks - ticks) < 1)
    ? ' The edit list accounts for it, but players compare with tfdt.'
    : '';
}

function durationSentence({ claimed, facts }: ReadSegment, timescale: number): string | undefined {
  const candidates = [facts.durationTicks, facts.endTicks - facts.earliestTicks].map(
    (ticks) => ticks / timescale,
  );
  if (candidates.some((duration) => isSame(claimed.duration, duration, claimed, timescale))) return undefined;
  const [duration = 0] = candidates;
  return `It is said to last ${seconds(claimed.duration)}, its samples last ${seconds(duration)}, ${ticksApart(claimed.duration, duration, timescale)}.`;
}

function holeSentence(
  before: SegmentFacts,
  { startTicks }: SegmentFacts,
  timescale: number,
): string | undefined {
  const end = before.startTicks + before.durationTicks;
  if (startTicks === end) return undefined;
  const [what, ticks] = startTicks > end ? ['a hole', startTicks - end] : ['an overlap', end - startTicks];
  return `Between it and the segment before is ${what} of ${seconds(ticks / timescale)} (${ticks} ticks).`;
}

/** To the tick, when both are written in one clock; else as near as the coarser one can say it. */
function isSame(
  claimed: number,
  real: number,
  { clock, slack }: ReadSegment['claimed'],
  timescale: number,
): boolean {
  const precision = clock === timescale ? 0.5 / clock : 1 / Math.min(clock, timescale);
  return Math.abs(claimed - real) <= slack + precision + Math.abs(claimed) * 4 * Number.EPSILON;
}

function seconds(value: number): string {
  return `${Number(value.toFixed(6))} s`;
}

function ticksApart(claimed: number, real: number, timescale: number): string {
  const ticks = Math.round(Math.abs(real - claimed) * timescale);
  return `${ticks} ticks ${real > claimed ? 'more' : 'less'}`;
}
