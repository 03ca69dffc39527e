/** Reads captions in any of the formats that are taken, told apart by what stands in them. */
import type { ReadCues } from './cue.ts';
import { isAss, readAss } from './read-ass.ts';
import { readSrt } from './read-srt.ts';
import { isVtt, readVtt } from './read-vtt.ts';

/** SubRip is what is neither of the others: it has no mark of its own. */
export function readCaptions(text: string): ReadCues {
  if (isVtt(text)) return readVtt(text);
  return isAss(text) ? readAss(text) : readSrt(text);
}
