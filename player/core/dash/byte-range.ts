/** Byte ranges as MPD attributes write them: `first-last`, both included (ISO/IEC 23009-1 §5.3.9.2). */
import type { ByteRange } from './presentation.ts';

/** Undefined for anything but two positions in order. */
export function parseByteRange(text: string): ByteRange | undefined {
  const match = /^\s*(\d+)\s*-\s*(\d+)\s*$/.exec(text);
  if (!match) return undefined;
  const range = { first: Number(match[1]), last: Number(match[2]) };
  return range.first <= range.last && Number.isSafeInteger(range.last) ? range : undefined;
}
