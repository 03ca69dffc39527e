/** Whether a player may switch at any segment: all that is interchangeable is cut at the same times. */
import type { ReadMedia } from './read-media.ts';
import type { Finding } from './verdict.ts';

/** Each against the first; one alone has nothing to be compared with. */
export function checkAlignment([first, ...others]: readonly ReadMedia[]): Finding[] {
  if (!first || others.length === 0) return [];
  const leading = { check: 'align' as const, representation: first.claim.id };
  const findings = others.map((other) => {
    const difference = findDifference(first, other);
    const owner = { check: 'align' as const, representation: other.claim.id };
    const faults = difference ? [{ ...owner, ...difference }] : [];
    return { ...owner, looked: other.segments.length, faults };
  });
  return [{ ...leading, looked: first.segments.length, faults: [] }, ...findings];
}

function findDifference(
  first: ReadMedia,
  other: ReadMedia,
): { sentence: string; segment?: number } | undefined {
  const name = first.claim.id;
  for (const [i, segment] of other.segments.entries()) {
    const pair = first.segments[i];
    if (!pair) break;
    if (isSameTime(segment.facts.startTicks, other, pair.facts.startTicks, first)) continue;
    const [own, its] = [
      segment.facts.startTicks / other.track.timescale,
      pair.facts.startTicks / first.track.timescale,
    ];
    return { segment: segment.number, sentence: `It starts at ${own} s, that of "${name}" at ${its} s.` };
  }
  const [count, its] = [other.segments.length, first.segments.length];
  return count === its ? undefined : { sentence: `It has ${count} segments, "${name}" has ${its}.` };
}

/** Exactly, whatever the clocks: a / b = c / d when a·d = c·b. */
function isSameTime(
  a: number,
  { track: { timescale: b } }: ReadMedia,
  c: number,
  { track: { timescale: d } }: ReadMedia,
): boolean {
  return BigInt(a) * BigInt(d) === BigInt(c) * BigInt(b);
}
