/** Times of captions, as people and programs write them, and as WebVTT wants them. */

/** Hours may be missing, or of one digit; comma or dot; one to three digits behind it, or none. */
const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?`;
const TIMING = new RegExp(String.raw`^\s*${TIME}\s*-{1,2}>\s*${TIME}(?:\s+(\S.*?))?\s*$`);
/** A number of the cue, or a sign, may have got in front of the time. Arrows behind anything else are words. */
const MEANT_TIMING = /^[\s\d-]*\d:\d.*-->/;
const ALONE = new RegExp(`^${TIME}$`);

export interface CueTiming {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  /** What stands behind the times; empty for nothing. */
  readonly rest: string;
}

/** Whether a line is meant to say when a cue is shown, be it well written or not. */
export function isTimingLine(line: string): boolean {
  return MEANT_TIMING.test(line) || TIMING.test(line);
}

/** Reads `00:00:01,000 --> 00:00:02,500` and its relatives; `undefined` when it is none of them. */
export function readTiming(line: string): CueTiming | undefined {
  const parts = TIMING.exec(line);
  if (!parts) return undefined;
  return { start: secondsOf(parts.slice(1, 5)), end: secondsOf(parts.slice(5, 9)), rest: parts[9] ?? '' };
}

/** Reads one time, as `0:00:01.50`; `undefined` when it is none. */
export function readTime(text: string): number | undefined {
  const parts = ALONE.exec(text.trim());
  return parts ? secondsOf(parts.slice(1, 5)) : undefined;
}

function secondsOf([hours, minutes, seconds, fraction]: readonly (string | undefined)[]): number {
  const whole = Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds);
  return whole + Number(`0.${fraction ?? 0}`);
}

/** `01:02:03.004` (WebVTT §4.1, timestamp), to the nearest millisecond; `seconds` is not negative. */
export function formatTime(seconds: number): string {
  const milliseconds = Math.round(seconds * 1000);
  const two = (value: number): string => `${Math.floor(value)}`.padStart(2, '0');
  const [minutes, hours] = [milliseconds / 60_000, milliseconds / 3_600_000];
  const rest = `${milliseconds % 1000}`.padStart(3, '0');
  return `${two(hours)}:${two(minutes % 60)}:${two((milliseconds / 1000) % 60)}.${rest}`;
}
