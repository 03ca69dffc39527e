/**
 * Reads SubRip as it is found in the wild: numbers and empty lines between cues may be missing or wrong, times may be
 * written with comma or dot, cues may overlap.
 */
import type { ReadCues } from './cue.ts';
import { cueTextOf, SUBRIP_TEXT } from './cue-text.ts';
import { alignmentSettings, withoutOverrides } from './override-tags.ts';
import { readTimedBlocks } from './timed-blocks.ts';

export function readSrt(text: string): ReadCues {
  return readTimedBlocks(text, (lines) => {
    const source = withoutNextNumber(lines).join('\n');
    return { text: cueTextOf(withoutOverrides(source), SUBRIP_TEXT), ...alignmentSettings(source) };
  });
}

/** The number of the next cue may be the last of the lines; that of a cue which shows a number alone is not. */
function withoutNextNumber(lines: readonly string[]): readonly string[] {
  const isNumbered = lines.length > 1 && /^\s*\d+\s*$/.test(lines.at(-1) ?? '');
  return isNumbered ? lines.slice(0, -1) : lines;
}
