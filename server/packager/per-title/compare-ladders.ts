/** Says what one ladder saves against another: at equal quality, and for viewers on networks of all kinds. */
import { type RateScore, rateAt, withoutUseless } from './upper-hull.ts';

/**
 * The share of the bits that `other` saves on average, over all scores that both reach; negative when it needs more.
 * This is the Bjøntegaard rate: the mean over the score of the difference of the rates' logarithms, here with straight
 * lines between rungs. `undefined` when the ladders have no stretch of scores in common.
 */
export function savedAtEqualQuality(
  reference: readonly RateScore[],
  other: readonly RateScore[],
): number | undefined {
  const [a, b] = [withoutUseless(reference), withoutUseless(other)];
  const low = Math.max(a[0]?.score ?? 0, b[0]?.score ?? 0);
  const high = Math.min(a.at(-1)?.score ?? 0, b.at(-1)?.score ?? 0);
  if (a.length === 0 || b.length === 0 || high <= low) return undefined;
  const edges = [...a, ...b].map(({ score }) => score).filter((score) => score > low && score < high);
  const scores = [low, ...edges.sort((x, y) => x - y), high];
  const difference = (score: number): number => Math.log(rateAt(b, score) / rateAt(a, score));
  const areas = scores.slice(1).map((score, i) => {
    const before = scores[i] ?? score;
    return ((difference(before) + difference(score)) / 2) * (score - before);
  });
  return 1 - Math.exp(areas.reduce((sum, area) => sum + area, 0) / (high - low));
}

export interface Viewing {
  /** Bits per second that viewers download on average. */
  readonly rate: number;
  /** Mean score of what they see. */
  readonly score: number;
}

/** How many networks stand for all of them. */
const NETWORKS = 400;

/**
 * Viewers on networks whose rates are spread evenly in their logarithm over `span`, each of whom gets the best rung that
 * the network carries, and the cheapest when it carries none.
 */
export function viewingOf(
  ladder: readonly RateScore[],
  { from, to }: { readonly from: number; readonly to: number },
): Viewing {
  const rungs = withoutUseless(ladder);
  const [cheapest] = rungs;
  if (!cheapest) return { rate: 0, score: 0 };
  const seen = Array.from({ length: NETWORKS }, (_, i) => {
    const network = from * (to / from) ** ((i + 0.5) / NETWORKS);
    return rungs.findLast(({ rate }) => rate <= network) ?? cheapest;
  });
  const total = (value: (rung: RateScore) => number): number =>
    seen.reduce((sum, rung) => sum + value(rung), 0) / NETWORKS;
  return { rate: total(({ rate }) => rate), score: total(({ score }) => score) };
}
