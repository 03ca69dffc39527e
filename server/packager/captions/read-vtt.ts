/** Reads WebVTT (W3C WebVTT §6): its cues and their settings; regions, styles and notes go. */
import type { ReadCues } from './cue.ts';
import { cueTextOf, WEBVTT_TEXT } from './cue-text.ts';
import { readTimedBlocks } from './timed-blocks.ts';

export function isVtt(text: string): boolean {
  return /^WEBVTT(?=\s|$)/.test(text);
}

/** A cue's text ends with an empty line. */
export function readVtt(text: string): ReadCues {
  return readTimedBlocks(text, (lines, rest) => {
    const end = lines.indexOf('');
    const settings = saneSettings(rest);
    const source = lines.slice(0, end < 0 ? undefined : end).join('\n');
    return { text: cueTextOf(source, WEBVTT_TEXT), ...(settings ? { settings } : {}) };
  });
}

const PERCENT = String.raw`(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%`;

/** WebVTT §4.4, without `region`, whose definition is not kept. */
const SETTINGS: readonly RegExp[] = [
  /^vertical:(rl|lr)$/,
  new RegExp(`^line:(-?\\d{1,3}|${PERCENT})(,(start|center|end))?$`),
  new RegExp(`^position:${PERCENT}(,(line-left|center|line-right))?$`),
  new RegExp(`^size:${PERCENT}$`),
  /^align:(start|center|end|left|right)$/,
];

function saneSettings(rest: string): string {
  return rest
    .split(/\s+/)
    .filter((setting) => SETTINGS.some((pattern) => pattern.test(setting)))
    .join(' ');
}
