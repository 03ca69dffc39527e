/** Numbers as people read them: sizes, rates, shares. */

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`;
}

export function kilobits(bitsPerSecond: number): string {
  return `${Math.round(bitsPerSecond / 1000)} kbit/s`;
}

/** Whole percents, never rounded up; the small addition absorbs the error of binary fractions. */
export function percent(share: number): number {
  return Math.floor(share * 100 + 1e-6);
}
