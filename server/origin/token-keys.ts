/** The keys that tokens are signed with, as a file holds them: one a line, the first for new tokens, all for old ones. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export interface TokenKey {
  /** 1 … 32 letters, digits, hyphens and underscores. */
  readonly id: string;
  readonly secret: Buffer;
}

/** RFC 2104 §3: a key shorter than the hash weakens it. */
const MIN_SECRET_BYTES = 32;

const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/**
 * Lines are `ID SECRET`, the secret in base64; empty lines and those that begin with `#` are passed over. To change keys without
 * cutting anybody off, put a new line first, and remove the old one when its last token has expired.
 * @throws Error with one sentence, which never repeats a secret.
 */
export function parseTokenKeys(text: string): readonly TokenKey[] {
  const lines = text.split(/\r?\n/).map((line, i) => ({ words: line.trim().split(/\s+/), number: i + 1 }));
  const keys = lines
    .filter(({ words: [first = ''] }) => first !== '' && !first.startsWith('#'))
    .map(({ words, number }) => parseKey(words, number));
  if (keys.length === 0) throw new Error('There is no key in it.');
  const ids = keys.map(({ id }) => id);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new Error(`The key id "${twice}" is in it twice.`);
  return keys;
}

/** @throws Error with one sentence about the file. */
export async function readTokenKeys(file: string): Promise<readonly TokenKey[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(`The key file ${file} cannot be read (${error.code}).`, { cause: error });
  });
  try {
    return parseTokenKeys(text);
  } catch (error) {
    throw new Error(`The key file ${file} is no good: ${error instanceof Error ? error.message : error}`);
  }
}

/** A line for the file, with a secret that nobody has seen before. */
export function makeKeyLine(id: string): string {
  if (!KEY_ID.test(id)) throw new Error(`"${id}" is no key id: take letters, digits, "-" and "_".`);
  return `${id} ${randomBytes(MIN_SECRET_BYTES).toString('base64')}`;
}

function parseKey([id = '', secret = '', ...rest]: readonly string[], line: number): TokenKey {
  if (!KEY_ID.test(id))
    throw new Error(`Line ${line} does not begin with a key id (letters, digits, "-", "_").`);
  if (!BASE64.test(secret) || rest.length > 0)
    throw new Error(`Line ${line} is not an id and a secret in base64.`);
  const bytes = Buffer.from(secret, 'base64');
  if (bytes.length < MIN_SECRET_BYTES) {
    throw new Error(
      `The secret in line ${line} has ${bytes.length} bytes where ${MIN_SECRET_BYTES} are needed.`,
    );
  }
  return { id, secret: bytes };
}
