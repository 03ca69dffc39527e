/** Brings cues into the order and onto the stretch of time that a presentation has. */
import type { Cue } from './cue.ts';

/**
 * Sorted by start; cut to 0 … `duration` seconds; without those that show nothing, last no time, lie outside, or repeat
 * another one to the letter.
 */
export function tidyCues(cues: readonly Cue[], duration: number): Cue[] {
  const seen = new Set<string>();
  return cues
    .map((cue) => ({ ...cue, start: Math.max(0, cue.start), end: Math.min(cue.end, duration) }))
    .filter((cue) => cue.text !== '' && milliseconds(cue.end) > milliseconds(cue.start))
    .filter((cue) => !seen.has(keyOf(cue)) && seen.add(keyOf(cue)))
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

/** As they are written. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}

function keyOf({ start, end, text, settings = '' }: Cue): string {
  return [milliseconds(start), milliseconds(end), settings, text].join(' ');
}
