/** Bytes over HTTP: one `fetch` per request, by byte range, with time limits on the headers and on silence. */
import type { ByteRange } from '../core/dash/presentation.ts';
import { StreamingError } from '../core/errors.ts';
import type { SegmentRequest, SegmentResponse, SegmentSource } from './segment-source.ts';

export interface HttpConfig {
  /** Seconds for the answer's headers. Links with a satellite in them raise it. Default 10. */
  readonly headersTimeout: number;
  /** Seconds without a byte after which a body is given up. Default 6. */
  readonly idleTimeout: number;
}

export const DEFAULT_HTTP_CONFIG: HttpConfig = { headersTimeout: 10, idleTimeout: 6 };

export function createHttpSource(config: HttpConfig = DEFAULT_HTTP_CONFIG): SegmentSource {
  return {
    async fetch(request, signal) {
      const url = request.urls[0];
      if (url === undefined) throw new StreamingError('network', 'A request without any URL.');
      signal.throwIfAborted();
      const watchdog = createWatchdog(url, signal);
      try {
        watchdog.allow(config.headersTimeout, 'no answer');
        const response = await fetch(url, {
          signal: watchdog.signal,
          ...(request.range
            ? { headers: { Range: `bytes=${request.range.first}-${request.range.last}` } }
            : {}),
        });
        checkStatus(response, url, request.range);
        const alive = () => watchdog.allow(config.idleTimeout, 'no bytes');
        const bytes = cutToRange(await readBody(response, request, alive), response, url, request.range);
        checkComplete(bytes, request, url);
        return {
          bytes,
          url: response.url || url,
          fromCache: isFromCache(response.url || url),
        } satisfies SegmentResponse;
      } catch (error) {
        throw explain(error, url, signal, watchdog.signal);
      } finally {
        watchdog.stop();
      }
    },
  };
}

/** An abort signal that also fires when the time allowed for the next step has passed. */
function createWatchdog(url: string, outer: AbortSignal) {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const forward = () => controller.abort(outer.reason);
  outer.addEventListener('abort', forward, { once: true });
  return {
    signal: controller.signal,
    allow(seconds: number, what: string) {
      clearTimeout(timer);
      const tooLate = () =>
        controller.abort(new StreamingError('timeout', `${url}: ${what} for ${seconds} seconds.`, { url }));
      timer = setTimeout(tooLate, seconds * 1000);
    },
    stop() {
      clearTimeout(timer);
      outer.removeEventListener('abort', forward);
    },
  };
}

function checkStatus(response: Response, url: string, range: ByteRange | undefined): void {
  if (!response.ok) {
    void response.body?.cancel();
    const details = {
      url,
      status: response.status,
      retryAfter: response.headers.get('Retry-After') ?? undefined,
    };
    throw new StreamingError(
      'http-status',
      `${url} answered ${response.status} ${response.statusText}.`.trim(),
      details,
    );
  }
  const answered = response.headers.get('Content-Range');
  if (!range || response.status !== 206 || answered === null) return;
  // RFC 9110 §14.4; the end may be clamped to the end of the file, the beginning may not differ.
  if (Number(/^bytes (\d+)-/.exec(answered)?.[1]) === range.first) return;
  void response.body?.cancel();
  throw new StreamingError(
    'body-mismatch',
    `${url} was asked for bytes ${range.first}-${range.last} and sent "${answered}".`,
    { url },
  );
}

/** Reads into one array of the announced length, so that no byte is kept twice. */
async function readBody(
  response: Response,
  request: SegmentRequest,
  alive: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const { announced, enough } = bodyLimits(response, request.range);
  const total: { total?: number } = announced === undefined ? {} : { total: Math.min(announced, enough) };
  let bytes = new Uint8Array(total.total ?? 0);
  let received = 0;
  alive();
  for await (const piece of piecesOf(response)) {
    alive();
    if (received + piece.byteLength > bytes.byteLength) bytes = grown(bytes, received + piece.byteLength);
    bytes.set(piece, received);
    received += piece.byteLength;
    request.onProgress?.({ received, piece, ...total });
    if (received >= enough) return bytes.subarray(0, enough);
  }
  // More than announced cannot come over the wire: then it was compressed, and the browser hides how (CORS, Fetch §3.3.3).
  if (announced !== undefined && received < announced) {
    const message = `${request.urls[0]} announced ${announced} bytes and sent ${received}.`;
    throw new StreamingError('body-mismatch', message);
  }
  return bytes.subarray(0, received);
}

/** `announced`: the length that the answer tells. `enough`: the bytes after which the rest is not waited for. */
function bodyLimits(response: Response, range: ByteRange | undefined) {
  // A compressed body is longer than its Content-Length: then the length is not known.
  const length = response.headers.has('Content-Encoding') ? null : response.headers.get('Content-Length');
  // A server that ignores Range sends the whole file.
  const enough = range && response.status !== 206 ? range.last + 1 : Number.POSITIVE_INFINITY;
  return { announced: length === null ? undefined : Number(length), enough };
}

/** Leaving the loop early cancels the body. */
async function* piecesOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) yield read.value;
  } finally {
    void reader?.cancel().catch(() => undefined);
  }
}

/** A segment or an initialization that is cut off would wait in the parser and spoil what comes after it. */
function checkComplete(bytes: Uint8Array, { range, kind }: SegmentRequest, url: string): void {
  if (!range || (kind !== 'segment' && kind !== 'initialization')) return;
  const expected = range.last - range.first + 1;
  if (bytes.byteLength === expected) return;
  throw new StreamingError(
    'body-mismatch',
    `${url} was asked for ${expected} bytes from ${range.first} and has ${bytes.byteLength}.`,
    { url },
  );
}

function grown(bytes: Uint8Array<ArrayBuffer>, needed: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(needed, bytes.byteLength * 2));
  larger.set(bytes);
  return larger;
}

/** A server that ignores Range answers 200 with everything (RFC 9110 §14.2 allows it): the range is cut out here. */
function cutToRange(
  bytes: Uint8Array<ArrayBuffer>,
  response: Response,
  url: string,
  range: ByteRange | undefined,
): Uint8Array<ArrayBuffer> {
  if (!range || response.status === 206) return bytes;
  if (bytes.byteLength <= range.first) {
    throw new StreamingError(
      'body-mismatch',
      `${url} has ${bytes.byteLength} bytes; byte ${range.first} was asked for.`,
      { url },
    );
  }
  return bytes.slice(range.first, range.last + 1);
}

/**
 * Resource Timing §4: nothing transferred although there is a body. All ranges of a file share one name, so this may be
 * another request's entry; the error costs one sample of the throughput.
 */
function isFromCache(url: string): boolean {
  const entry = performance.getEntriesByName(url, 'resource').at(-1);
  return entry instanceof PerformanceResourceTiming && entry.transferSize === 0 && entry.decodedBodySize > 0;
}

/** The caller's abort stays what it is; everything else becomes a StreamingError. */
function explain(error: unknown, url: string, outer: AbortSignal, inner: AbortSignal): unknown {
  if (outer.aborted) return outer.reason;
  if (inner.aborted && inner.reason instanceof StreamingError) return inner.reason;
  if (error instanceof StreamingError) return error;
  return new StreamingError('network', `${url} could not be reached.`, { url }, error);
}
