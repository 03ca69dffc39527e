/** What `npm start` is asked for: flags first, then the environment, then the defaults. */
import { availableParallelism } from 'node:os';
import { defaultCacheMemory } from '../../server/cache/default-cache-memory.ts';
import { readWords } from '../read-words.ts';
import { ServeError } from './serve-error.ts';

export interface ServeFlags {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  /** Folder of published titles, relative to where the command was given. */
  readonly library: string;
  readonly log: LogLevel;
  /** File with the keys of tokens; without it media is open to everybody. */
  readonly tokenKeys?: string;
  /** Seconds between "not ready" and the closing of the door, when somebody else than the person at the terminal stops us. */
  readonly notice: number;
  /** Processes that serve together. */
  readonly workers: number;
  /** Bytes of memory for media, of all workers together. */
  readonly cacheMemory: number;
}

/** pino's names: every request, only what went wrong, nothing. */
export type LogLevel = 'info' | 'warn' | 'silent';

const LOG_LEVELS: ReadonlyMap<string, LogLevel> = new Map([
  ['requests', 'info'],
  ['problems', 'warn'],
  ['nothing', 'silent'],
]);

export const SERVE_HELP = `npm start [-- --port PORT] [--host ADDRESS] [--library DIR] …

Serves the library and the pages, and prints the address last. An empty library gets a sample film first.

  --port PORT        where to listen; 0 takes any free port (default: $PORT, or 8080)
  --host ADDRESS     0.0.0.0 lets other devices in (default: $HOST, or 127.0.0.1)
  --library DIR      folder of published titles (default: $WEIR_LIBRARY, or media/library)
  --token-keys FILE  media only for those who have a token signed with a key of this file; see
                     npm run token -- --help (default: $WEIR_TOKEN_KEYS, or open to everybody)
  --log WHAT         JSON lines on stderr: requests, problems or nothing (default: requests)
  --no-access-log    the same as --log problems
  --workers N        processes that serve together (default: one for each processor core)
  --cache-memory SIZE  memory for media, as 512M or 2G, shared by the workers (default: a quarter of what there
                     is, at most 2G)
  --notice SECONDS   after SIGTERM /readyz says 503 for so long before the door closes (default: 3)
  --help             this text

The first Ctrl-C lets viewers finish what they are loading, for 30 seconds at most; the second stops at once.`;

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  library: { type: 'string' },
  'token-keys': { type: 'string' },
  log: { type: 'string' },
  'no-access-log': { type: 'boolean' },
  notice: { type: 'string' },
  workers: { type: 'string' },
  'cache-memory': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

interface Setting<T> {
  readonly flag: Exclude<keyof typeof OPTIONS, 'no-access-log' | 'help'>;
  /** Asked when the flag is not given; an empty one counts as none. */
  readonly variable?: string;
  /** Absent where nothing given means nothing. */
  readonly fallback?: string;
  /** Ends the sentence "… needs". */
  readonly needs: string;
  /** `undefined` for what is wrong. */
  readonly parse: (text: string) => T | undefined;
}

const PORT: Setting<number> = {
  flag: 'port',
  variable: 'PORT',
  fallback: '8080',
  needs: 'a whole number from 0 to 65535',
  parse: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined),
};

const HOST: Setting<string> = {
  flag: 'host',
  variable: 'HOST',
  fallback: '127.0.0.1',
  needs: 'an address or a host name',
  parse: (text) => (/[\s/]/.test(text) ? undefined : text.replace(/^\[(.*)\]$/, '$1')),
};

const LIBRARY: Setting<string> = {
  flag: 'library',
  variable: 'WEIR_LIBRARY',
  fallback: 'media/library',
  needs: 'a folder',
  parse: (text) => text,
};

const TOKEN_KEYS: Setting<string> = {
  flag: 'token-keys',
  variable: 'WEIR_TOKEN_KEYS',
  needs: 'a file',
  parse: (text) => text,
};

const LOG: Setting<LogLevel> = {
  flag: 'log',
  fallback: 'requests',
  needs: `one of ${[...LOG_LEVELS.keys()].join(', ')}`,
  parse: (text) => LOG_LEVELS.get(text),
};

const NOTICE: Setting<number> = {
  flag: 'notice',
  fallback: '3',
  needs: 'a whole number of seconds, up to 600',
  parse: (text) => (/^\d{1,3}$/.test(text) && Number(text) <= 600 ? Number(text) : undefined),
};

/** More than any machine has cores. */
const MOST_WORKERS = 1024;

const WORKERS: Setting<number> = {
  flag: 'workers',
  fallback: `${availableParallelism()}`,
  needs: `a whole number from 1 to ${MOST_WORKERS}`,
  parse: (text) => (/^[1-9]\d{0,3}$/.test(text) && Number(text) <= MOST_WORKERS ? Number(text) : undefined),
};

const CACHE_MEMORY: Setting<number> = {
  flag: 'cache-memory',
  fallback: `${defaultCacheMemory()}`,
  needs: 'a size in bytes, or with K, M or G, as 512M',
  parse: parseSize,
};

/** `512M` is 512 · 2^20 bytes. */
function parseSize(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d{1,15})([kmg]?)(?:i?b)?$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  return Number(digits) * 1024 ** ['', 'k', 'm', 'g'].indexOf(unit.toLowerCase());
}

/**
 * `undefined` when help is asked for.
 * @throws ServeError with all that is wrong, one sentence a line.
 */
export function readServeFlags(words: readonly string[], environment: Environment): ServeFlags | undefined {
  const { values, faults } = readWords(words, OPTIONS);
  if (values.help) return undefined;

  function read<T>(setting: Setting<T>): T | undefined {
    const { name, text } = chooseText(setting, values[setting.flag], environment);
    if (text === undefined) return undefined;
    const value = text === '' ? undefined : setting.parse(text);
    if (value === undefined) faults.push(`${name} needs ${setting.needs}${text && `, not "${text}"`}.`);
    return value;
  }

  const faultsError = () => new ServeError(faults.join('\n'));
  const [port, host, library] = [read(PORT), read(HOST), read(LIBRARY)];
  const [tokenKeys, log, notice] = [read(TOKEN_KEYS), read(LOG), read(NOTICE)];
  const [workers, cacheMemory] = [read(WORKERS), read(CACHE_MEMORY)];
  if (port === undefined || !host || !library || !log || notice === undefined) throw faultsError();
  if (workers === undefined || cacheMemory === undefined || faults.length > 0) throw faultsError();
  return {
    port,
    host,
    library,
    log: values['no-access-log'] && log === 'info' ? 'warn' : log,
    notice,
    workers,
    cacheMemory,
    ...(tokenKeys === undefined ? {} : { tokenKeys }),
  };
}

/** What is said for a setting (`undefined`: nothing), and who says it. A flag without a value says the empty text. */
function chooseText(
  { flag, variable, fallback }: Setting<unknown>,
  given: string | boolean | undefined,
  environment: Environment,
): { name: string; text: string | undefined } {
  if (given !== undefined) return { name: `--${flag}`, text: typeof given === 'string' ? given : '' };
  const inherited = variable === undefined ? undefined : environment[variable];
  return { name: `The environment variable ${variable}`, text: inherited || fallback };
}
