/** `xs:duration` as an MPD writes it: `PT1H2M3.5S`. */

const DURATION =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?|\.\d+)S)?)?$/;

/** Seconds of a year, a month (30 days, as there is no calendar here), a day, an hour, a minute and a second. */
const UNITS = [31_536_000, 2_592_000, 86_400, 3_600, 60, 1] as const;

/** Seconds; undefined when `text` is no duration, names no unit, or is negative. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text.trim());
  const parts = match?.slice(1);
  if (!parts?.some((part) => part !== undefined)) return undefined;
  return UNITS.reduce((sum, unit, i) => sum + unit * Number(parts[i] ?? 0), 0);
}
