/** Wires the roles of one server together: the only file that knows them all. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBlockCache } from './cache/block-cache.ts';
import { defaultCacheMemory } from './cache/default-cache-memory.ts';
import { createOpenFiles } from './cache/open-files.ts';
import { answerError } from './http/answer-error.ts';
import { assertHost } from './http/assert-host.ts';
import { answerPreflight } from './http/cross-origin.ts';
import { HttpError } from './http/http-error.ts';
import {
  DEFAULT_HTTP_LIMITS,
  type HttpLimits,
  listen,
  type RequestHandler,
  type RunningServer,
} from './http/http-server.ts';
import { type Log, silentLog } from './http/log.ts';
import { logRequest } from './http/log-request.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { mostConnections } from './http/most-connections.ts';
import { readCmcd } from './http/read-cmcd.ts';
import { originForm } from './http/request-path.ts';
import { watchAnswer } from './http/watch-answer.ts';
import { createLibrary, type DamagedTitle, type Library } from './library/read-library.ts';
import { createOrigin } from './origin/origin.ts';
import type { TokenKey } from './origin/token-keys.ts';
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
  /**
   * Called by `close`: until it resolves requests are still taken, while `/readyz` says 503. So a load balancer that asks every
   * second or two sends no viewer to a closed door. Default: at once.
   */
  readonly giveNotice?: () => Promise<unknown>;
  /** Gives the text of `/metrics` where this process is one of several; default: what it has counted itself. */
  readonly countAll?: () => Promise<string>;
  /** With keys, media is for those alone who have a token that was signed with one of them. */
  readonly tokenKeys?: readonly TokenKey[] | undefined;
}

export interface WeirServer {
  /** With a final slash. */
  readonly url: string;
  readonly library: Library;
  /** What this process has counted, to be added to what others have. */
  count(): ReturnType<Metrics['count']>;
  /** Finishes what is being answered (for a limited time), then resolves. Idempotent. */
  close(): Promise<void>;
}

/** Each costs a file descriptor, and spares its next reader two system calls. */
const MOST_IDLE_FILES = 256;

/** @throws the system's error (`EADDRINUSE` …) when it cannot listen; the signal's reason when it is aborted already. */
export async function startServer(options: ServerOptions): Promise<WeirServer> {
  const { host, port, dist, log = silentLog, signal, giveNotice, tokenKeys, countAll } = options;
  signal?.throwIfAborted();
  const library = createLibrary(options.library, { onDamage: tellDamage(log) });
  const metrics = createMetrics({
    openConnections: () => server.openConnections(),
    cache: () => cache.counts(),
  });
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const files = createOpenFiles(MOST_IDLE_FILES);
  const cache = createBlockCache({ budget: options.cacheMemory ?? defaultCacheMemory(), files });
  const origin = createOrigin({ library, cache, log, ...(tokenKeys ? { keys: tokenKeys } : {}) });
  let stopped: Promise<void> | undefined;
  const site = createSite({
    library,
    dist,
    log,
    metrics: { contentType: metrics.contentType, render: countAll ?? metrics.render },
    isReady: () => stopped === undefined,
    isMediaOpen: tokenKeys === undefined,
  });

  function dispatch(request: IncomingMessage, response: ServerResponse): void {
    const { url = '' } = request;
    const kind = kindOf(url);
    response.on('error', (error) => log.warn({ error, url }, 'An answer could not be written.'));
    if (stopped) response.shouldKeepAlive = false;
    try {
      watch(kind, request, response);
      assertHost(request.headers);
      request.url = originForm(url);
      answererOf(kind)(request, response);
    } catch (error) {
      answerError(response, error, { log });
    }
  }

  const logsRequests = log.isLevelEnabled?.('info') ?? true;

  function watch(kind: RequestKind, request: IncomingMessage, response: ServerResponse): void {
    const cmcd = kind === 'media' ? readCmcd(request.url ?? '', request.headers) : undefined;
    if (cmcd) metrics.observeCmcd(cmcd);
    watchAnswer(request, response, (outcome) => {
      metrics.observe(kind, outcome);
      if (logsRequests) logRequest(log, request, outcome, cmcd);
    });
  }

  /** Media goes past Express, which alone would cost more than the rest of the answer. */
  function answererOf(kind: RequestKind): RequestHandler {
    if (kind === 'media') return origin;
    return kind === 'server' ? answerServerOptions : site;
  }

  const server: RunningServer = await listen(dispatch, {
    host,
    port,
    limits: { ...limits, maxConnections: mostConnections(limits.maxConnections) },
  });

  /** First nobody should send anything new, then nobody can. */
  async function stop(): Promise<void> {
    await giveNotice?.();
    await server.close();
    await files.close();
  }

  const close = () => {
    stopped ??= stop();
    return stopped;
  };
  signal?.addEventListener('abort', () => void close(), { once: true });
  return { url: server.url, library, count: metrics.count, close };
}

type RequestKind = 'media' | 'api' | 'page' | 'server';

/** The target of a request may be a whole URL as well as a path; of OPTIONS it may be the server itself (RFC 9112 §3.2). */
function kindOf(target: string): RequestKind {
  if (target === '*') return 'server';
  const path = target.replace(/^https?:\/\/[^/]*/i, '');
  const [, first] = /^(?:\/t\/[^/?]*(?=\/media\/))?\/(media|api)\//.exec(path) ?? [];
  return first === 'media' || first === 'api' ? first : 'page';
}

const answerServerOptions: RequestHandler = ({ method }, response) => {
  if (method !== 'OPTIONS') throw new HttpError(400, 'Only OPTIONS may be asked of the server as a whole.');
  answerPreflight(response);
};

function tellDamage(log: Log): (damage: DamagedTitle) => void {
  return ({ id, reason }) => log.warn({ title: id }, `The title "${id}" is damaged: ${reason}`);
}
