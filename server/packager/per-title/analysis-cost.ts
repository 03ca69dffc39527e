/** Says what an analysis costs beside the encoding of the ladder, before most of it is spent. */
import type { Shot } from './choose-shots.ts';
import type { ProbeCpu } from './probe-shot.ts';

/** An analysis that was not asked for may add this share to the processor time of the ladder. */
export const MOST_COST = 0.25;

/**
 * What the ladder needs for a second of film, as share of what the encodings of a shot need for a second of it: they are
 * three times as many, but most are of lower quality, and decoding and scaling are shared. By `npm run bench -- ladder`.
 */
const LADDER_BY_PROBE = 0.4;

/** Processor time of the whole analysis by that of the ladder; the first argument is what one of the shots took. */
export function costShare(
  { encoding, measuring }: ProbeCpu,
  { shots, duration }: { readonly shots: readonly Shot[]; readonly duration: number },
): number {
  const seconds = shots[0]?.duration ?? 0;
  const ladder = (LADDER_BY_PROBE * encoding * duration) / seconds;
  const analysis = (encoding + measuring) * shots.length;
  return ladder > 0 ? analysis / ladder : Number.POSITIVE_INFINITY;
}
