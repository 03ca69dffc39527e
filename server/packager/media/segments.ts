/** Groups fragments into segments: what a player asks for at once, and what one entry of the segment index describes. */
import type { Fragment } from './fragmented-file.ts';

/** At least one fragment. */
export type Segment<F extends Fragment = Fragment> = readonly [F, ...F[]];

/** A last segment shorter than this share of the usual one is not worth a request of its own. */
const SHORTEST_TAIL = 0.5;

/** One segment for each fragment, as video has one group of pictures in each; a short last one joins the one before. */
export function segmentEachFragment<F extends Fragment>(fragments: readonly F[]): Segment<F>[] {
  return joinShortTail(fragments.map((fragment): Segment<F> => [fragment]));
}

/**
 * Segments that begin with the fragments nearest to `starts` (ticks, ascending); of two starts nearest to the same
 * fragment the second is lost. The first segment always begins with the first fragment.
 */
export function segmentNear<F extends Fragment>(
  fragments: readonly F[],
  starts: readonly number[],
): Segment<F>[] {
  const firsts = new Set([0, ...starts.map((start) => nearestTo(fragments, start))]);
  const bounds = [...firsts].sort((a, b) => a - b);
  const segments = bounds.flatMap((bound, i): Segment<F>[] => {
    const [first, ...rest] = fragments.slice(bound, bounds[i + 1]);
    return first ? [[first, ...rest]] : [];
  });
  return joinShortTail(segments);
}

export function durationTicksOf(segment: Segment): number {
  return segment.reduce((sum, fragment) => sum + fragment.durationTicks, 0);
}

/** Of a segment's fragments, or of any parts that lie one behind the other. */
export function bytesOf(parts: readonly { readonly bytes: number }[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}

function joinShortTail<F extends Fragment>(segments: readonly Segment<F>[]): Segment<F>[] {
  const tail = segments.at(-1);
  const before = segments.at(-2);
  const usual = segments[0];
  if (!tail || !before || !usual) return [...segments];
  if (durationTicksOf(tail) >= SHORTEST_TAIL * durationTicksOf(usual)) return [...segments];
  return [...segments.slice(0, -2), [...before, ...tail]];
}

/** Position of the fragment whose start is nearest, by halving: fragments are in order of time. */
function nearestTo(fragments: readonly Fragment[], start: number): number {
  let low = 0;
  let high = fragments.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((fragments[middle]?.startTicks ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const before = start - (fragments[low - 1]?.startTicks ?? Number.NEGATIVE_INFINITY);
  const after = Math.abs((fragments[low]?.startTicks ?? 0) - start);
  return before < after ? low - 1 : low;
}
