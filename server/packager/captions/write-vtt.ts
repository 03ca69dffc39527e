/** Writes WebVTT (W3C WebVTT §4.1). */
import type { Cue } from './cue.ts';
import { formatTime } from './cue-time.ts';

/**
 * RFC 8216 §3.5 asks for this line, so that HLS players know where 0 is: at the media's 0. Others pass over it, as over all
 * that stands in the header (WebVTT §6.1, step 11).
 */
const TIMESTAMP_MAP = 'X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0';

/** `cues` are tidy. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ start, end, text, settings }) => {
    const timing = `${formatTime(start)} --> ${formatTime(end)}`;
    return `${settings ? `${timing} ${settings}` : timing}\n${text}\n`;
  });
  return [`WEBVTT\n${TIMESTAMP_MAP}\n`, ...blocks].join('\n');
}
