/** One caption on the time line, as WebVTT has it, whatever format it came from. */

export interface Cue {
  /** Seconds. */
  readonly start: number;
  /** Seconds. */
  readonly end: number;
  /** WebVTT cue text (W3C WebVTT §4.2.2): escaped, its tags closed, without empty lines. */
  readonly text: string;
  /** WebVTT cue settings (§4.2.3), as `line:0 align:left`; absent for a caption in its usual place. */
  readonly settings?: string;
}

/** What a reader of captions made of a text. */
export interface ReadCues {
  /** In the order of the text; times as they stand there. */
  readonly cues: readonly Cue[];
  /** What could not be read, in the order of the text. */
  readonly faults: readonly CueFault[];
}

export interface CueFault {
  /** The first line is 1. */
  readonly line: number;
  /** Half a sentence, to stand behind the place. */
  readonly complaint: string;
}

/** Lines of a text, whatever ends them. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}
