/**
 * Signed access to one title for a limited time: a token that stands in front of the path, so that every relative address in
 * a manifest inherits it.
 *
 *   /t/<key id>.<expires>.<title>.<signature>/media/<title>/manifest.mpd
 *
 * `expires` is whole seconds since 1970; `signature` is HMAC-SHA256 (RFC 2104) over the rest, in base64url (RFC 4648 §5).
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { HttpError } from '../http/http-error.ts';
import { isTitleId } from '../library/title.ts';
import type { TokenKey } from './token-keys.ts';

export interface Grant {
  /** The title's id. */
  readonly title: string;
  /** Whole seconds since 1970. */
  readonly expires: number;
}

/** Tells these signatures from whatever else somebody may sign with the same key. */
const PURPOSE = 'weir-media-token-1:';

/** Seconds after its end in which a token is still taken: so much may the clocks of those who sign and those who check differ. */
const LEEWAY = 60;

export function signToken({ title, expires }: Grant, key: TokenKey): string {
  const claims = `${key.id}.${expires}.${title}`;
  return `${claims}.${signatureOf(claims, key)}`;
}

/**
 * What the token grants. Nothing of it is believed, and told to the client, before its signature is found right.
 * @throws HttpError 403 with a sentence that says which of the four is wrong: form, key, signature, time.
 */
export function readToken(token: string, keys: readonly TokenKey[], now: number): Grant {
  const [, claims = '', keyId, expiresText, title = '', signature = ''] = TOKEN.exec(token) ?? [];
  if (keyId === undefined || !isTitleId(title)) {
    throw refuse('The token in the address is none of ours: was the address cut off or changed?');
  }
  const key = keys.find(({ id }) => id === keyId);
  if (!key)
    throw refuse('The token was signed with a key that this server does not know, or no longer knows.');
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(signatureOf(claims, key)))) {
    throw refuse('The signature of the token is wrong: the address was changed, or somebody else made it.');
  }
  const expires = Number(expiresText);
  if (now >= expires + LEEWAY) {
    throw refuse(`The token expired at ${new Date(expires * 1000).toISOString()}: ask for a new address.`);
  }
  return { title, expires };
}

export function refuse(sentence: string): HttpError {
  return new HttpError(403, sentence);
}

const TOKEN = /^(([A-Za-z0-9_-]{1,32})\.(\d{1,11})\.([a-z0-9-]{1,100}))\.([A-Za-z0-9_-]{43})$/;

/** For logs: an address with its signature would let in whoever reads it. */
export function withoutSignature(target: string): string {
  return target.replace(/(\/t\/[^/?#]*)\.[^./?#]*(?=[/?#]|$)/, '$1');
}

/** 43 characters. They are compared as text: two spellings of the same bytes would be two addresses of the same thing. */
function signatureOf(claims: string, { secret }: TokenKey): string {
  return createHmac('sha256', secret).update(PURPOSE).update(claims).digest('base64url');
}
