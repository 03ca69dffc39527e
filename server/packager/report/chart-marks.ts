/** How values are written beside an axis. */

/** Bits per second in thousands, with a thin space between groups of digits. */
export function rateMark(bitsPerSecond: number): string {
  const kilo = bitsPerSecond / 1000;
  return kilo < 10 ? `${Number(kilo.toPrecision(2))}` : grouped(Math.round(kilo));
}

export function grouped(value: number): string {
  return `${value}`.replace(/\B(?=(\d{3})+$)/g, '\u202f');
}

export function sizeMark(bytes: number): string {
  if (bytes < 10_000) return `${grouped(Math.round(bytes))} B`;
  return bytes < 1e6 ? `${grouped(Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

export function percentMark(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}\u202f%`;
}
