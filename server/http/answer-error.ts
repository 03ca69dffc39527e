/** Turns whatever a request handler threw into an answer: one sentence, never cached; the rest goes to the log. */
import type { ServerResponse } from 'node:http';
import { type Headers, HttpError } from './http-error.ts';
import type { Log } from './log.ts';

/** Only an HttpError may speak to the client: any other message could name paths and innards. */
export function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  return new HttpError(500, 'Something went wrong inside the server; its log says what.', {}, error);
}

/**
 * When the answer has already begun, its promised length cannot be kept: the connection is destroyed, so that the client
 * sees a broken transfer and not a short film. `headers` are sent along with the error's own.
 */
export function answerError(
  response: ServerResponse,
  error: unknown,
  { log, headers = {} }: { readonly log: Log; readonly headers?: Headers },
): void {
  const { status, message, headers: own } = toHttpError(error);
  const fields = { error, url: response.req.url, status };
  if (!(error instanceof HttpError)) log.error(fields, 'A request failed.');
  else if (status >= 500) log.warn(fields, message);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const text = `${message}\n`;
  response.writeHead(status, {
    ...headers,
    ...own,
    'cache-control': 'no-store',
    'content-length': `${Buffer.byteLength(text)}`,
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}
