/** Answers one request with an object: the plan of `planAnswer`, carried out no faster than the client reads. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteRange } from '../../player/core/dash/presentation.ts';
import { endOutlet, type Outlet, openOutlet, untilGivenBack, writeTaken } from './outlet.ts';
import { type ObjectFacts, type Piece, planAnswer } from './plan-answer.ts';
import type { StoredBytes } from './stored-bytes.ts';

export interface ServedObject extends ObjectFacts {
  /** Opens the bytes that the facts describe; called only when some of them are to be sent. */
  open(): StoredBytes;
}

/**
 * Resolves when everything is handed to the connection, or the client has gone (which is no error). What was opened is closed
 * by then, and what was taken is released as soon as the kernel has it. Rejects before anything is sent when the request is
 * refused (HttpError 412, 416) or its first bytes cannot be had; and afterwards when they end too early: then the connection
 * must be destroyed, since the length is promised.
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
  const bytes = object.open();
  try {
    await sendPieces(openOutlet(response, answer.status, answer.headers), answer.pieces, bytes);
  } finally {
    bytes.close();
  }
}

async function sendPieces(outlet: Outlet, pieces: readonly Piece[], bytes: StoredBytes): Promise<void> {
  for (const piece of pieces) {
    if (typeof piece === 'string') outlet.text += piece;
    else if (!(await sendRange(outlet, piece, bytes))) return;
  }
  endOutlet(outlet);
}

/** False when the client has gone. */
async function sendRange(outlet: Outlet, { first, last }: ByteRange, bytes: StoredBytes): Promise<boolean> {
  for (let position = first; position <= last; ) {
    if (outlet.loan) await untilGivenBack(outlet);
    const coming = bytes.take(position, last);
    const taken = coming instanceof Promise ? await coming : coming;
    if (!writeTaken(outlet, taken)) return false;
    position += taken.length;
  }
  return true;
}
