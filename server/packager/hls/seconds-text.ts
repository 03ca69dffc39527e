/** Seconds as playlists write them. */

/** Decimal, to the microsecond, without zeros that say nothing: `4.170833`, `4`. */
export function secondsText(seconds: number): string {
  return seconds.toFixed(6).replace(/\.?0+$/, '');
}
