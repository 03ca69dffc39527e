/** What players tell about themselves with a request: Common Media Client Data, CTA-5004, in the query or in headers. */
import type { IncomingHttpHeaders } from 'node:http';
import { decodeCmcd } from '@svta/cml-cmcd';

/** The keys that we know and whose values are what the standard says; by their short names, as logs of other servers have them. */
export type Cmcd = Readonly<Record<string, string | number | boolean>>;

export interface CmcdReading {
  /** Empty when nothing could be read. */
  readonly values: Cmcd;
  /** Whether something was left out: it was too long, no structured field, or not what its key is for. */
  readonly isBroken: boolean;
}

/** Honest players need some hundred characters; what is longer is not even looked at. */
const MAX_LENGTH = 2048;

const HEADERS = ['cmcd-object', 'cmcd-request', 'cmcd-session', 'cmcd-status'] as const;

type Rule = (value: unknown) => boolean;

const count: Rule = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const flag: Rule = (value) => typeof value === 'boolean';
const rate: Rule = (value) => typeof value === 'number' && value >= 0;

function text(longest: number): Rule {
  return (value) => typeof value === 'string' && value.length <= longest;
}

function oneOf(...choices: readonly unknown[]): Rule {
  return (value) => choices.includes(value);
}

/** Kinds of what is asked for: manifest, audio, video, both, initialization, captions, timed text, key, other. */
const OBJECT_TYPES: readonly string[] = ['m', 'a', 'v', 'av', 'i', 'c', 'tt', 'k', 'o'];

/** CTA-5004 table 1, and those keys of CTA-5004-A that players already send with requests. Rates are in kbit/s, times in ms. */
const RULES: ReadonlyMap<string, Rule> = new Map([
  ...['bl', 'br', 'd', 'dl', 'ltc', 'msd', 'mtp', 'rtp', 'sn', 'tb'].map((key) => [key, count] as const),
  ['bs', flag],
  ['su', flag],
  ['pr', rate],
  ['cid', text(128)],
  ['nor', text(1024)],
  ['nrr', text(64)],
  ['sid', text(64)],
  ['ot', oneOf(...OBJECT_TYPES)],
  ['sf', oneOf('d', 'h', 's', 'o')],
  ['st', oneOf('v', 'l', 'll')],
  ['sta', oneOf('s', 'p', 'k', 'r', 'a', 'w', 'e', 'f', 'q', 'd')],
  ['v', oneOf(1, 2)],
]);

/** `undefined` when the request carries none. Whatever it carries, nothing is thrown. */
export function readCmcd(target: string, headers: IncomingHttpHeaders): CmcdReading | undefined {
  const inQuery = QUERY.exec(target)?.[1];
  const source = inQuery ?? joinHeaders(headers);
  if (source === undefined) return undefined;
  if (source.length > MAX_LENGTH) return NOTHING;
  try {
    return keepKnown(decodeCmcd(inQuery === undefined ? source : decodeURIComponent(source)));
  } catch {
    return NOTHING;
  }
}

const QUERY = /[?&]CMCD=([^&#]*)/;

const NOTHING: CmcdReading = { values: {}, isBroken: true };

/** The target without what was read from it: what is left tells what was asked for. */
export function withoutCmcd(target: string): string {
  return target.includes('CMCD=') ? target.replace(QUERY, '').replace(/^([^?&]*)&/, '$1?') : target;
}

function joinHeaders(headers: IncomingHttpHeaders): string | undefined {
  const parts = HEADERS.flatMap((name) => headers[name] ?? []);
  return parts.length === 0 ? undefined : parts.join(',');
}

/** Keys of others (`com.example-…`) and of later versions are no fault; they are just not ours to judge. */
function keepKnown(decoded: object): CmcdReading {
  const values: Record<string, string | number | boolean> = {};
  let isBroken = false;
  for (const [key, value] of Object.entries(decoded)) {
    const rule = RULES.get(key);
    const plain = unwrap(value);
    if (rule?.(plain)) values[key] = plain as string | number | boolean;
    else if (rule) isBroken = true;
  }
  return { values, isBroken };
}

/** Of an inner list (one value for each kind of media, CTA-5004-A) the first; of a value with parameters the value. */
function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return unwrap(value[0]);
  return typeof value === 'object' && value !== null && 'value' in value ? unwrap(value.value) : value;
}
