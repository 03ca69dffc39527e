/** What `npm run token` is asked for on its command line. */
import { isTitleId } from '../../server/library/title.ts';
import { readDuration } from '../read-duration.ts';
import { readWords } from '../read-words.ts';

export type TokenRequest =
  | {
      readonly kind: 'sign';
      readonly title: string;
      /** Whole seconds since 1970. */
      readonly expires: number;
      /** File of keys. */
      readonly keys: string;
      /** Address of the server, with a final slash. */
      readonly base: string;
    }
  | { readonly kind: 'make-key'; readonly id: string };

/** All that is wrong with a command line, one sentence a line. */
export class TokenUsageError extends Error {
  override readonly name = 'TokenUsageError';
}

export const TOKEN_HELP = `npm run token -- --title ID --expires WHEN [--keys FILE] [--base URL]
npm run token -- --make-key ID

Prints the address of one title for those who may see it, until WHEN: npm start --token-keys FILE lets nobody else in.

  --title ID      folder of the title in the library
  --expires WHEN  90s, 30m, 2h, 7d, or a time as 2030-01-31T20:00:00Z
  --keys FILE     keys, one a line; the first one signs (default: $WEIR_TOKEN_KEYS)
  --base URL      address of the server (default: http://127.0.0.1:8080/)
  --make-key ID   prints a new line for the file of keys instead: npm run --silent token -- --make-key 2030-01 >> keys
  --help          this text

To change keys, put a new line first; remove the old one when the last token it signed has expired.`;

const OPTIONS = {
  title: { type: 'string' },
  expires: { type: 'string' },
  keys: { type: 'string' },
  base: { type: 'string' },
  'make-key': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * `undefined` when help is asked for. `now`: seconds since 1970.
 * @throws TokenUsageError
 */
export function readTokenFlags(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  now: number,
): TokenRequest | undefined {
  const { values, faults } = readWords(words, OPTIONS);
  if (values.help) return undefined;
  const textOf = (name: keyof typeof OPTIONS) => (typeof values[name] === 'string' ? values[name] : '');
  const request: TokenRequest =
    values['make-key'] === undefined
      ? {
          kind: 'sign',
          title: check(textOf('title'), isTitleId, '--title needs the id of a title'),
          expires: readExpiry(textOf('expires'), now),
          keys: check(
            textOf('keys') || (environment['WEIR_TOKEN_KEYS'] ?? ''),
            (file) => file !== '',
            '--keys needs a file',
          ),
          base: readBase(textOf('base') || 'http://127.0.0.1:8080/'),
        }
      : { kind: 'make-key', id: textOf('make-key') };
  if (faults.length > 0) throw new TokenUsageError(faults.join('\n'));
  return request;

  function check(text: string, isRight: (text: string) => boolean, need: string): string {
    if (!isRight(text)) faults.push(`${need}${text && `, not "${text}"`}.`);
    return text;
  }

  function readExpiry(text: string, from: number): number {
    const expires = expiryOf(text, from);
    check(
      text,
      () => expires !== undefined,
      '--expires needs a time to come, as 2h, 7d or 2030-01-31T20:00:00Z',
    );
    return expires ?? 0;
  }

  function readBase(text: string): string {
    const base = URL.canParse(text) ? new URL(text) : undefined;
    check(text, () => /^https?:$/.test(base?.protocol ?? ''), '--base needs an http address');
    return base ? new URL('./', base.href.endsWith('/') ? base : `${base.href}/`).href : '';
  }
}

/** Whole seconds since 1970; `undefined` for what is no time, or none to come. */
function expiryOf(text: string, now: number): number | undefined {
  const duration = readDuration(text);
  const isDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/.test(text);
  const time = isDate ? Date.parse(text) / 1000 : Number.NaN;
  const expires = Math.floor(duration === undefined ? time : now + duration);
  return expires > now ? expires : undefined;
}
