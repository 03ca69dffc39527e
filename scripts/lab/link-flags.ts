/** What `npm run lab:link` is asked for on its command line. */
import { parseArgs } from 'node:util';

export interface LinkFlags {
  readonly to: { readonly host: string; readonly port: number };
  readonly rate: { readonly bitsPerSecond: number } | { readonly traceFile: string };
  /** One way; absent when a trace may tell. */
  readonly delayMs?: number;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

export const LINK_HELP = `npm run lab:link -- --to URL (--rate RATE | --trace FILE) [--delay MS] [--port PORT] [--host ADDRESS]

  --to URL        the server to reach through the link, as http://127.0.0.1:8080
  --rate RATE     bits per second: 800k, 1.5M, 12000000; 0 is an outage
  --trace FILE    a bandwidth trace (JSON), repeated for ever
  --delay MS      one way; a round trip takes twice as long (default: half the trace's latency, or 0)
  --port PORT     where to listen (default: any free port)
  --host ADDRESS  0.0.0.0 lets other devices in (default: 127.0.0.1)`;

/** @throws Error with all that is wrong, one sentence a line. */
export function readLinkFlags(words: readonly string[]): LinkFlags {
  const { values } = parseArgs({
    args: [...words],
    options: {
      to: { type: 'string' },
      rate: { type: 'string' },
      trace: { type: 'string' },
      delay: { type: 'string' },
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
    },
  });
  const faults: string[] = [];
  const or = <T>(value: T | undefined, fault: string): T | undefined => {
    if (value === undefined) faults.push(fault);
    return value;
  };
  const to = or(parseServer(values.to), '--to needs the URL of a server, as http://127.0.0.1:8080.');
  const rate = or(
    parseSource(values.rate, values.trace),
    'Either --rate (as 800k, 1.5M or 12000000) or --trace FILE is needed.',
  );
  const delayMs =
    values.delay === undefined
      ? undefined
      : or(parseAmount(values.delay), '--delay needs milliseconds from 0 up.');
  const port = or(parsePort(values.port), '--port needs a number from 0 to 65535.');
  if (!to || !rate || port === undefined || faults.length > 0) throw new Error(faults.join('\n'));
  return { to, rate, host: values.host, port, ...(delayMs === undefined ? {} : { delayMs }) };
}

/** Bits per second of `800k`, `1.5M`, `2G` or a plain number; undefined for anything else. */
export function parseRate(text: string): number | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kMG]?)$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNITS[unit] ?? 1);
}

const UNITS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, G: 1e9 };

function parseSource(rate: string | undefined, traceFile: string | undefined): LinkFlags['rate'] | undefined {
  if ((rate === undefined) === (traceFile === undefined)) return undefined;
  if (traceFile !== undefined) return { traceFile };
  const bitsPerSecond = parseRate(rate ?? '');
  return bitsPerSecond === undefined ? undefined : { bitsPerSecond };
}

function parseServer(text: string | undefined): LinkFlags['to'] | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const { protocol, hostname, port } = new URL(text);
  if (protocol !== 'http:') return undefined;
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 80 : Number(port) };
}

function parsePort(text: string): number | undefined {
  const port = parseAmount(text);
  return port !== undefined && Number.isInteger(port) && port <= 65_535 ? port : undefined;
}

function parseAmount(text: string): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}
