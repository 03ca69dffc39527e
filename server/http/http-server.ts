/** The life of one HTTP server: it listens under tight limits, and stops without cutting anybody off in mid-answer. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { keepConnections } from './keep-connections.ts';

export interface HttpLimits {
  /** Until the headers of a request are complete: a slow-header client is dropped then. */
  readonly headersTimeoutMs: number;
  /** Until the whole request, body included, has arrived. */
  readonly requestTimeoutMs: number;
  /** An idle connection is kept longer than the segments a player has buffered ahead usually last. */
  readonly keepAliveTimeoutMs: number;
  /** A client that takes nothing of its answer for so long, as far as the kernel can tell, is dropped. */
  readonly stallTimeoutMs: number;
  /** What is still being answered that long after `close` is cut. */
  readonly drainTimeoutMs: number;
  /** Bytes of the request line and all headers together; more is answered with 431. */
  readonly maxHeaderSize: number;
  /** Headers beyond this number are not looked at. */
  readonly maxHeadersCount: number;
  /** One more, and somebody has to leave; each one costs a file descriptor and some KiB. */
  readonly maxConnections: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 65_000,
  stallTimeoutMs: 20_000,
  drainTimeoutMs: 30_000,
  maxHeaderSize: 8 * 1024,
  maxHeadersCount: 64,
  maxConnections: 16_384,
};

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void;

export interface RunningServer {
  /** With a final slash; a wildcard host is given as the loopback address. */
  readonly url: string;
  openConnections(): number;
  /** Accepts nothing more, drops idle connections, and resolves when the last answer is out or cut. Idempotent. */
  close(): Promise<void>;
}

/** Thousands of slow clients that came together are then dropped in several turns, and others are answered in between. */
const CHECKING_INTERVAL_MS = 500;

/** @throws the system's error (EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND) when it cannot listen there. */
export async function listen(
  handler: RequestHandler,
  { host, port, limits }: { readonly host: string; readonly port: number; readonly limits: HttpLimits },
): Promise<RunningServer> {
  const server = createServer({
    maxHeaderSize: limits.maxHeaderSize,
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    connectionsCheckingInterval: Math.min(limits.headersTimeoutMs, CHECKING_INTERVAL_MS),
    noDelay: true,
    // What may be given only once, as a date or a host, is then seen to be given twice (RFC 9110 §5.3).
    joinDuplicateHeaders: true,
  });
  server.maxHeadersCount = limits.maxHeadersCount;
  const connections = keepConnections(server, limits);
  let stopped: Promise<void> | undefined;
  server.on('request', (request, response) => {
    connections.inTurn(request, response, () => {
      if (stopped) response.shouldKeepAlive = false;
      handler(request, response);
    });
  });
  await startListening(server, host, port);
  return {
    url: urlOf(server.address() as AddressInfo),
    openConnections: () => connections.count,
    close: () => {
      stopped ??= drain(server, limits.drainTimeoutMs);
      return stopped;
    },
  };
}

function startListening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function drain(server: Server, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), timeoutMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
  });
}

function urlOf({ address, port, family }: AddressInfo): string {
  const host = address === '0.0.0.0' ? '127.0.0.1' : address === '::' ? '::1' : address;
  return `http://${family === 'IPv6' ? `[${host}]` : host}:${port}/`;
}
