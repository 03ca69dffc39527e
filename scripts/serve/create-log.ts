/** The log of a running server: one JSON line for each event, on stderr, so that stdout keeps the address alone. */
import pino, { destination, stdSerializers } from 'pino';
import type { Log } from '../../server/http/log.ts';
import type { LogLevel } from './serve-flags.ts';

export function createLog(level: LogLevel): Log {
  return pino(
    { level, base: null, serializers: { error: stdSerializers.err } },
    destination(process.stderr.fd),
  );
}
