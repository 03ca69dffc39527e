/**
 * Reads the Range header against the size of a representation, RFC 9110 §14.1.2 and §14.2.
 *
 *   ranges-specifier = range-unit "=" range-set
 *   range-set        = 1#range-spec                     ; empty list elements are allowed and ignored
 *   range-spec       = int-range / suffix-range / other-range
 *   int-range        = first-pos "-" [ last-pos ]
 *   suffix-range     = "-" suffix-length
 */
import type { ByteRange } from '../../player/core/dash/presentation.ts';

export type RangeOutcome =
  /** No range, or one to be ignored: an unknown unit, broken syntax, too many parts. */
  | { readonly kind: 'full' }
  /** At least one range, clamped to the size and disjoint, in the order asked for. */
  | { readonly kind: 'ranges'; readonly ranges: readonly ByteRange[] }
  /** Well-formed, but no byte of the representation lies in it. */
  | { readonly kind: 'unsatisfiable' };

/** More parts than this, after joining, are answered with the whole: §14.2 warns of many small ranges (CVE-2011-3192). */
const MAX_PARTS = 8;

/** A gap shorter than the frame around a part of a multipart is sent along rather than cut out (§15.3.7.2). */
const MAX_GAP = 80;

const FULL: RangeOutcome = { kind: 'full' };

export function parseRange(header: string | undefined, size: number): RangeOutcome {
  const set = header === undefined ? undefined : /^bytes=(.*)$/i.exec(header)?.[1];
  if (set === undefined) return FULL;
  const specs = set.split(/[ \t]*,[ \t]*/).filter((spec) => spec !== '');
  if (specs.length === 0) return FULL;
  const ranges: ByteRange[] = [];
  for (const spec of specs) {
    const range = parseSpec(spec, size);
    if (range === 'invalid') return FULL;
    if (range !== 'outside') ranges.push(range);
  }
  if (ranges.length === 0) return { kind: 'unsatisfiable' };
  const joined = joinByteRanges(ranges);
  return joined.length > MAX_PARTS ? FULL : { kind: 'ranges', ranges: joined };
}

/** `Content-Range` of one range, or (undefined) of a 416 (§14.4). */
export function contentRange(range: ByteRange | undefined, size: number): string {
  return range ? `bytes ${range.first}-${range.last}/${size}` : `bytes */${size}`;
}

export function rangeLength(range: ByteRange): number {
  return range.last - range.first + 1;
}

/** A client may write positions that no number holds exactly: only their order matters then. */
function parseSpec(spec: string, size: number): ByteRange | 'invalid' | 'outside' {
  const [, firstText, lastText] = /^(\d*)-(\d*)$/.exec(spec) ?? [];
  if (firstText === undefined || lastText === undefined) return 'invalid';
  if (firstText === '') return lastText === '' ? 'invalid' : suffixOf(size, Number(lastText));
  const first = Number(firstText);
  const last = lastText === '' ? Number.POSITIVE_INFINITY : Number(lastText);
  if (lastText !== '' && BigInt(lastText) < BigInt(firstText)) return 'invalid';
  return first < size ? { first, last: Math.min(last, size - 1) } : 'outside';
}

/**
 * The last `length` bytes; the whole when it is longer. A suffix of an empty representation is satisfiable (§14.1.2), but no
 * Content-Range can say which bytes it is: such a range is ignored, as it may be, and the answer is the empty whole.
 */
function suffixOf(size: number, length: number): ByteRange | 'invalid' | 'outside' {
  if (length === 0) return 'outside';
  if (size === 0) return 'invalid';
  return { first: Math.max(0, size - length), last: size - 1 };
}

/** Joins what overlaps or nearly touches; each joined range stands where the first of its members was asked for. */
function joinByteRanges(ranges: readonly ByteRange[]): ByteRange[] {
  const joined: { first: number; last: number; rank: number }[] = [];
  const sorted = ranges.map((range, rank) => ({ ...range, rank })).sort((a, b) => a.first - b.first);
  for (const range of sorted) {
    const previous = joined.at(-1);
    if (previous && range.first <= previous.last + 1 + MAX_GAP) {
      previous.last = Math.max(previous.last, range.last);
      previous.rank = Math.min(previous.rank, range.rank);
    } else {
      joined.push(range);
    }
  }
  return joined.sort((a, b) => a.rank - b.rank).map(({ first, last }) => ({ first, last }));
}
