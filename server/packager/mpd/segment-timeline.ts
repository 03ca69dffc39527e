/** Writes a SegmentTimeline (ISO/IEC 23009-1 §5.3.9.6): one `S` for each run of segments of one length. */
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { MadeSegment } from '../made-representation.ts';

/** Ticks. */
export interface Run {
  readonly start: number;
  readonly duration: number;
  /** Segments behind the first: `@r`. */
  readonly repeats: number;
}

export function addTimeline(template: XMLBuilder, segments: readonly MadeSegment[]): void {
  const timeline = template.ele('SegmentTimeline');
  let end: number | undefined;
  for (const { start, duration, repeats } of runsOf(segments)) {
    timeline.ele('S', {
      ...(start === end ? {} : { t: `${start}` }),
      d: `${duration}`,
      ...(repeats > 0 ? { r: `${repeats}` } : {}),
    });
    end = start + duration * (repeats + 1);
  }
}

/** Segments that follow one another without a gap and last equally long are one run. */
export function runsOf(segments: readonly Pick<MadeSegment, 'startTicks' | 'durationTicks'>[]): Run[] {
  const runs: Run[] = [];
  for (const { startTicks, durationTicks } of segments) {
    const run = runs.at(-1);
    const next = run && run.start + run.duration * (run.repeats + 1);
    if (run && next === startTicks && run.duration === durationTicks) {
      runs[runs.length - 1] = { ...run, repeats: run.repeats + 1 };
    } else runs.push({ start: startTicks, duration: durationTicks, repeats: 0 });
  }
  return runs;
}
