/** The log of a running server: one JSON line for each event, on stderr, so that stdout keeps the address alone. */
import pino, { destination, stdSerializers } from 'pino';
import type { Log } from '../../server/http/log.ts';
import { withoutSignature } from '../../server/origin/access-token.ts';
import type { LogLevel } from './serve-flags.ts';

/** Up to here a pipe takes a write whole (POSIX): the lines of several processes do not break into each other. */
const PIPE_BUF = 4096;

/**
 * Nobody waits for a line to be written: a reader that is slow, or has gone, is no reason to keep viewers waiting. What is
 * still unwritten at the end is written then.
 */
export function createLog(level: LogLevel): Log {
  const stream = destination({ fd: process.stderr.fd, sync: false, maxWrite: PIPE_BUF });
  stream.on('error', () => undefined);
  process.once('exit', () => stream.flushSync());
  return pino({ level, base: null, serializers: { error: stdSerializers.err, url: hideSignature } }, stream);
}

function hideSignature(url: unknown): unknown {
  return typeof url === 'string' ? withoutSignature(url) : url;
}
