/** Wires the roles of one server together: the only file that knows them all. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBlockCache } from './cache/block-cache.ts';
import { defaultCacheMemory } from './cache/default-cache-memory.ts';
import { createOpenFiles } from './cache/open-files.ts';
import { answerError } from './http/answer-error.ts';
import { DEFAULT_HTTP_LIMITS, type HttpLimits, listen, type RunningServer } from './http/http-server.ts';
import { type Log, silentLog } from './http/log.ts';
import { createMetrics } from './http/metrics.ts';
import { createLibrary, type Library } from './library/read-library.ts';
import { createOrigin } from './origin/origin.ts';
import { createSite } from './site/site.ts';

export interface ServerOptions {
  /** Address to listen on, as `127.0.0.1`. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Folder of published titles; it need not exist yet. */
  readonly library: string;
  /** Folder that `npm run build` writes; without it there are no pages. */
  readonly dist?: string;
  /** Default: silent. */
  readonly log?: Log;
  /** Aborting it is `close()`. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<HttpLimits>;
  /** Bytes of memory for media; default: a quarter of the machine's, at most 2 GiB. */
  readonly cacheMemory?: number;
}

export interface WeirServer {
  /** With a final slash. */
  readonly url: string;
  readonly library: Library;
  /** Finishes what is being answered (for a limited time), then resolves. Idempotent. */
  close(): Promise<void>;
}

/** Each costs a file descriptor, and spares its next reader two system calls. */
const MOST_IDLE_FILES = 256;

/** @throws the system's error (`EADDRINUSE` …) when it cannot listen; the signal's reason when it is aborted already. */
export async function startServer(options: ServerOptions): Promise<WeirServer> {
  const { host, port, dist, log = silentLog, signal } = options;
  signal?.throwIfAborted();
  const library = createLibrary(options.library);
  const metrics = createMetrics(() => server.openConnections());
  const files = createOpenFiles(MOST_IDLE_FILES);
  const cache = createBlockCache({ budget: options.cacheMemory ?? defaultCacheMemory(), files });
  const origin = createOrigin({ library, cache, log });
  const site = createSite({ library, dist, log, metrics, isReady: () => !server.isStopping });

  /** Media goes past Express, which alone would cost more than the rest of the answer. */
  function dispatch(request: IncomingMessage, response: ServerResponse): void {
    const kind = kindOf(request.url ?? '');
    metrics.observe(kind, request, response);
    logWhenOver(log, request, response);
    response.on('error', (error) => log.warn({ error, url: request.url }, 'An answer could not be written.'));
    try {
      if (kind === 'media') origin(request, response);
      else site(request, response);
    } catch (error) {
      answerError(response, error, { log });
    }
  }

  const server: RunningServer = await listen(dispatch, {
    host,
    port,
    limits: { ...DEFAULT_HTTP_LIMITS, ...options.limits },
  });
  const close = async () => {
    await server.close();
    await files.close();
  };
  signal?.addEventListener('abort', () => void close(), { once: true });
  return { url: server.url, library, close };
}

/** The target of a request may be a whole URL as well as a path (RFC 9112 §3.2.2). */
function kindOf(target: string): 'media' | 'api' | 'page' {
  const [, first] = /^(?:https?:\/\/[^/]*)?\/(media|api)\//i.exec(target) ?? [];
  return first === 'media' || first === 'api' ? first : 'page';
}

function logWhenOver(log: Log, { method, url, socket }: IncomingMessage, response: ServerResponse): void {
  const start = performance.now();
  response.once('close', () => {
    const durationMs = Math.round((performance.now() - start) * 10) / 10;
    const fields = { method, url, status: response.statusCode, durationMs, client: socket.remoteAddress };
    log.info(fields, 'request');
  });
}
