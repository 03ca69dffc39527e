/** What of an input cannot be kept, and what follows: a refusal, or a notice where the person wants what plays. */
import { PackagingError } from '../packaging-error.ts';

export interface Loss {
  readonly code: 'input-truncated' | 'input-damaged';
  /** The part of a sentence, as `its sound (stream 1) is encrypted`. */
  readonly fact: string;
}

/**
 * Sentences for the person who accepts the losses.
 * @throws PackagingError with the code of the first when they are not accepted.
 */
export function faceLosses(
  losses: readonly Loss[],
  { name, acceptDamage }: { readonly name: string; readonly acceptDamage: boolean },
): string[] {
  const [first] = losses;
  if (first && !acceptDamage) {
    const facts = losses.map(({ fact }) => fact).join('; ');
    const message = `${name} cannot be packaged whole: ${facts} (--accept-damage packages what plays).`;
    throw new PackagingError(first.code, message);
  }
  return losses.map(({ fact }) => `${fact.charAt(0).toUpperCase()}${fact.slice(1)}.`);
}

/** Containers round, and a last frame or two may not decode: less than this is not a loss anyone could name. */
const TOLERANCE = 0.5;

/** What is lost of a film that ends at `end` and should end at `announced`, both in seconds; often nothing. */
export function lossAtEnd(end: number, announced: number): Loss[] {
  if (end >= announced - TOLERANCE) return [];
  const [is, of] = [end.toFixed(1), announced.toFixed(1)];
  return [{ code: 'input-truncated', fact: `it is cut off and ends at ${is} s of ${of} s` }];
}
