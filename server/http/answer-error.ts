/** Turns whatever a request handler threw into an answer: one sentence, never cached; the rest goes to the log. */
import type { ServerResponse } from 'node:http';
import { type Headers, HttpError } from './http-error.ts';
import type { Log } from './log.ts';

/** Neither the process nor the system has a file descriptor left: not for long, since answers give theirs back. */
const EXHAUSTED: ReadonlySet<string | undefined> = new Set(['EMFILE', 'ENFILE']);

/** Only an HttpError may speak to the client: any other message could name paths and innards. */
function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (EXHAUSTED.has((error as NodeJS.ErrnoException | undefined)?.code)) {
    const sentence = 'The server has more open files than it may just now: try again in a moment.';
    return new HttpError(503, sentence, { 'retry-after': '1' }, error);
  }
  return new HttpError(500, 'Something went wrong inside the server; its log says what.', {}, error);
}

export interface ErrorAnswer {
  readonly log: Log;
  /** Sent along with the error's own. */
  readonly headers?: Headers;
  /** The body and its Content-Type; plain text when absent. */
  readonly render?: (error: HttpError) => { readonly type: string; readonly body: string };
}

/**
 * When the answer has already begun, its promised length cannot be kept: the connection is destroyed, so that the client
 * sees a broken transfer and not a short film.
 */
export function answerError(
  response: ServerResponse,
  error: unknown,
  { log, headers = {}, render = asText }: ErrorAnswer,
): void {
  const answer = toHttpError(error);
  const { status } = answer;
  const fields = { error, url: response.req.url, status };
  if (!(error instanceof HttpError)) log.error(fields, 'A request failed.');
  else if (status >= 500) log.warn(fields, answer.message);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { type, body } = render(answer);
  response.writeHead(status, {
    ...headers,
    ...answer.headers,
    'cache-control': 'no-store',
    'content-length': `${Buffer.byteLength(body)}`,
    'content-type': type,
    'x-content-type-options': 'nosniff',
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

function asText({ message }: HttpError): { type: string; body: string } {
  return { type: 'text/plain; charset=utf-8', body: `${message}\n` };
}
