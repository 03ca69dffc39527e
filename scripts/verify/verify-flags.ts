/** What `npm run verify` is asked for on its command line. */
import { parseArgs } from 'node:util';

export interface VerifyFlags {
  /** Ids of titles, folders or MPDs; at least one. */
  readonly targets: readonly string[];
  /** Folder of published titles, relative to where the command was given. */
  readonly library: string;
  readonly isFull: boolean;
  readonly json: boolean;
}

/** All that is wrong with a command line, one sentence a line. */
export class VerifyUsageError extends Error {
  override readonly name = 'VerifyUsageError';
}

export const VERIFY_HELP = `npm run verify -- ID|FOLDER|MPD… [--full] [--library DIR] [--json]

Checks every claim of a DASH presentation against its boxes and files: titles of the library by their id,
and static presentations of any packager by their folder or MPD.

  --full          also read all media: SHA-256 of files and segments, and what kind of picture begins a segment
  --library DIR   folder of published titles (default: $WEIR_LIBRARY, or media/library)
  --json          one JSON line for each on stdout, with every fault and its place
  --help          this text

Exit code: 0 all are sound, 1 at least one is not, 2 the command line is wrong,
130 or 143 interrupted by Ctrl-C or SIGTERM.`;

const OPTIONS = {
  library: { type: 'string' },
  full: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/**
 * `undefined` when help is asked for.
 * @throws VerifyUsageError
 */
export function readVerifyFlags(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): VerifyFlags | undefined {
  const { values, positionals } = parseOrExplain(words);
  if (values.help) return undefined;
  if (positionals.length === 0)
    throw new VerifyUsageError('There is nothing to verify: name a title, a folder or an MPD.');
  return {
    targets: positionals,
    library: values.library ?? (environment['WEIR_LIBRARY'] || 'media/library'),
    isFull: values.full === true,
    json: values.json === true,
  };
}

function parseOrExplain(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const [sentence = ''] = error instanceof Error ? error.message.split('. ') : [];
    throw new VerifyUsageError(sentence);
  }
}
