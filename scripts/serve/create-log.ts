/** The log of a running server: one JSON line for each event, on stderr, so that stdout keeps the address alone. */
import pino, { destination, stdSerializers } from 'pino';
import type { Log } from '../../server/http/log.ts';
import { withoutSignature } from '../../server/origin/access-token.ts';
import type { LogLevel } from './serve-flags.ts';

/**
 * Nobody waits for a line to be written: a reader that is slow, or has gone, is no reason to keep viewers waiting. What is
 * still unwritten at the end is written then.
 */
export function createLog(level: LogLevel): Log {
  const stream = destination({ fd: process.stderr.fd, sync: false });
  stream.on('error', () => undefined);
  process.once('exit', () => stream.flushSync());
  return pino({ level, base: null, serializers: { error: stdSerializers.err, url: hideSignature } }, stream);
}

function hideSignature(url: unknown): unknown {
  return typeof url === 'string' ? withoutSignature(url) : url;
}
