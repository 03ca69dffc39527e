/** What SubRip and WebVTT have in common: a line with two times, then the lines that are shown. */
import { type Cue, type CueFault, linesOf, type ReadCues } from './cue.ts';
import { isTimingLine, readTiming } from './cue-time.ts';

/** Takes the lines up to the next time line, and what stands behind the times. */
export type ReadBody = (lines: readonly string[], rest: string) => Pick<Cue, 'text' | 'settings'>;

export function readTimedBlocks(text: string, readBody: ReadBody): ReadCues {
  const lines = linesOf(text);
  const cues: Cue[] = [];
  const faults: CueFault[] = [];
  const places = lines.flatMap((line, i) => (isTimingLine(line) ? [i] : []));
  for (const [number, at] of places.entries()) {
    const timing = readTiming(lines[at] ?? '');
    if (!timing) faults.push({ line: at + 1, complaint: 'its times cannot be read' });
    else if (timing.end < timing.start) faults.push({ line: at + 1, complaint: 'it ends before it begins' });
    else {
      const body = readBody(lines.slice(at + 1, places[number + 1]), timing.rest);
      cues.push({ start: timing.start, end: timing.end, ...body });
    }
  }
  return { cues, faults };
}
