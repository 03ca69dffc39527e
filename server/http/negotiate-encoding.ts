/** Chooses a content coding by the Accept-Encoding header, RFC 9110 §12.5.3. */

export type Encoding = 'br' | 'gzip' | 'identity';

/** Best first: at equal weight the earlier one is taken. */
const PREFERENCE: readonly Encoding[] = ['br', 'gzip', 'identity'];

/** Old names that mean the same (§8.4.1.3). */
const ALIASES: ReadonlyMap<string, string> = new Map([['x-gzip', 'gzip']]);

/**
 * The best of what is `available`, and always the bytes as they are. No header means no wish, and the safest answer to that
 * is the bytes as they are. So it is when nothing available is acceptable: a wish that cannot be met is passed over, as
 * §12.4.1 allows, since bytes that a client can perhaps read are of more use to it than a 406.
 */
export function chooseEncoding(
  header: string | undefined,
  available: { has(coding: Encoding): boolean },
): Encoding {
  if (header === undefined) return 'identity';
  const weights = parseWeights(header);
  let best: Encoding = 'identity';
  let bestWeight = 0;
  for (const encoding of PREFERENCE) {
    if (encoding !== 'identity' && !available.has(encoding)) continue;
    const weight = weightOf(encoding, weights);
    if (weight > bestWeight) {
      best = encoding;
      bestWeight = weight;
    }
  }
  return best;
}

/** `identity` is acceptable without being named, but everything that is named with a weight comes before it. */
function weightOf(encoding: Encoding, weights: ReadonlyMap<string, number>): number {
  const named = weights.get(encoding) ?? weights.get('*');
  return named ?? (encoding === 'identity' ? 0.0001 : 0);
}

/** Weights by coding, lower-case; a broken weight counts as refusal, so that it is never guessed. */
function parseWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>();
  for (const element of header.split(',')) {
    const [name = '', ...parameters] = element.split(';').map((part) => part.trim().toLowerCase());
    if (name !== '') weights.set(ALIASES.get(name) ?? name, parseWeight(parameters));
  }
  return weights;
}

function parseWeight(parameters: readonly string[]): number {
  const parameter = parameters.find((candidate) => candidate.startsWith('q='));
  if (parameter === undefined) return 1;
  const text = parameter.slice(2);
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : 0;
}
