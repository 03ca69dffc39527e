/** Who may have what: reads the path of a media request, with or without a token in front of it. */
import { HttpError } from '../http/http-error.ts';
import { readToken, refuse } from './access-token.ts';
import type { TokenKey } from './token-keys.ts';

export interface MediaRequest {
  /** The title's id. */
  readonly id: string;
  /** The file's name inside of the title. */
  readonly name: string;
  /** Seconds for which the token is still good, never negative; absent where none is needed. */
  readonly remaining?: number;
}

/**
 * `segments` are those of the path; `keys` those that tokens may be signed with, undefined where media is open to everybody.
 * @throws HttpError 403, or 404 for a token where none is needed: one address for one thing keeps caches whole.
 */
export function admit(
  segments: readonly string[],
  keys: readonly TokenKey[] | undefined,
  now: number,
): MediaRequest {
  const isSigned = segments[0] === 't';
  const [, id = '', ...names] = isSigned ? segments.slice(2) : segments;
  const request = { id, name: names.join('/') };
  if (!keys) {
    if (isSigned) throw new HttpError(404, 'This server asks for no token: take the address without it.');
    return request;
  }
  if (!isSigned) {
    throw refuse(
      'Media of this server needs a token in the address: ask for one where you found the address.',
    );
  }
  const { title, expires } = readToken(segments[1] ?? '', keys, now);
  if (title !== id) throw refuse(`The token is for the title "${title}" alone.`);
  return { ...request, remaining: Math.max(0, Math.floor(expires - now)) };
}

/**
 * The same for an answer that a token opened. It may be kept by all (whoever has the address may have the bytes, and the token is
 * part of it), but not longer than the token lasts, and not a moment stale.
 */
export function limitCaching(cacheControl: string, remaining: number): string {
  return cacheControl
    .replace(/max-age=(\d+)/, (_, seconds) => `max-age=${Math.min(Number(seconds), remaining)}`)
    .replace(/, stale-while-revalidate=\d+/, '')
    .concat(', must-revalidate');
}
