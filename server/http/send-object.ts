/** Answers one request with an object: the plan of `planAnswer`, carried out no faster than the client reads. */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ObjectFacts, type Piece, planAnswer } from './plan-answer.ts';
import type { StoredBytes } from './stored-bytes.ts';

export interface ServedObject extends ObjectFacts {
  /** Opens the bytes that the facts describe; called only when some of them are to be sent. */
  open(): Promise<StoredBytes>;
}

/**
 * Resolves when everything is handed to the connection, or the client has gone (which is no error). Whatever was opened
 * is closed by then. Rejects before anything is sent when the request is refused (HttpError 412, 416) or the bytes cannot
 * be opened; and afterwards when they end too early: then the connection must be destroyed, since the length is promised.
 */
export async function sendObject(
  request: IncomingMessage,
  response: ServerResponse,
  object: ServedObject,
): Promise<void> {
  const answer = planAnswer(request.method ?? 'GET', request.headers, object);
  if (answer.pieces.length === 0) {
    response.writeHead(answer.status, answer.headers).end();
    return;
  }
  const bytes = await object.open();
  try {
    response.writeHead(answer.status, answer.headers);
    await writePieces(response, answer.pieces, bytes);
  } finally {
    await bytes.close();
  }
}

async function writePieces(
  response: ServerResponse,
  pieces: readonly Piece[],
  bytes: StoredBytes,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  for (const piece of pieces) {
    for await (const chunk of typeof piece === 'string' ? [piece] : bytes.read(piece)) {
      if (response.destroyed || !(await write(response, chunk, gone.signal))) return;
    }
  }
  response.end();
}

/** Waits until the connection takes more; false when the client went away instead. */
async function write(
  response: ServerResponse,
  chunk: string | Uint8Array,
  gone: AbortSignal,
): Promise<boolean> {
  if (response.write(chunk)) return true;
  try {
    await once(response, 'drain', { signal: gone });
    return true;
  } catch (error) {
    if (gone.aborted) return false;
    throw error;
  }
}
