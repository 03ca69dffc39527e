/** Answers one request with an object: the plan of `planAnswer`, carried out no faster than the client reads. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ByteRange } from '../../player/core/dash/presentation.ts';
import { createOutlet, type Outlet } from './outlet.ts';
import { type Answer, type ObjectFacts, planAnswer } from './plan-answer.ts';
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
    await sendPieces(response, answer, bytes);
  } finally {
    bytes.close();
  }
}

async function sendPieces(
  response: ServerResponse,
  { status, headers, pieces }: Answer,
  bytes: StoredBytes,
): Promise<void> {
  const outlet = createOutlet(response, () => response.writeHead(status, headers));
  for (const piece of pieces) {
    if (typeof piece === 'string') outlet.addText(piece);
    else await sendRange(piece, bytes, outlet);
    if (outlet.isGone) return;
  }
  outlet.end();
}

async function sendRange({ first, last }: ByteRange, bytes: StoredBytes, outlet: Outlet): Promise<void> {
  for (let position = first; position <= last && !outlet.isGone; ) {
    await outlet.drained();
    const taken = await bytes.take(position, last);
    outlet.write(taken);
    position += taken.length;
  }
}
