/** Writes WebVTT (W3C WebVTT §4.1). */
import type { Cue } from './cue.ts';
import { formatTime } from './cue-time.ts';

/** `cues` are tidy; `header` is what stands in the first block behind the word WEBVTT, if anything. */
export function writeVtt(cues: readonly Cue[], header = ''): string {
  const blocks = cues.map(({ start, end, text, settings }) => {
    const timing = `${formatTime(start)} --> ${formatTime(end)}`;
    return `${settings ? `${timing} ${settings}` : timing}\n${text}\n`;
  });
  return [`WEBVTT\n${header ? `${header}\n` : ''}`, ...blocks].join('\n');
}
