/** Exact fractions, as frame rates and picture shapes are: 30000/1001 is no decimal number. */

/** In lowest terms; both positive whole numbers. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

/** Reduces to lowest terms. Both must be positive whole numbers. */
export function ratio(numerator: number, denominator: number): Ratio {
  const divisor = greatestCommonDivisor(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

/** Reads `30000/1001` or `64:45`; `undefined` for anything else, and when a part is 0 (ffprobe's "unknown"). */
export function parseRatio(text: string | undefined): Ratio | undefined {
  const [, numerator, denominator] = /^(\d+)[/:](\d+)$/.exec(text ?? '') ?? [];
  if (!Number(numerator) || !Number(denominator)) return undefined;
  return ratio(Number(numerator), Number(denominator));
}

export function decimalOf(value: Ratio): number {
  return value.numerator / value.denominator;
}

/** `24`, or `30000/1001`: the form of ffmpeg and of `@frameRate` (ISO/IEC 23009-1 §5.3.7.2). */
export function formatRate(rate: Ratio): string {
  return rate.denominator === 1 ? `${rate.numerator}` : `${rate.numerator}/${rate.denominator}`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
