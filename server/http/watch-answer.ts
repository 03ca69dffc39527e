/** Waits until an answer is over, and tells how it ended: what is counted and logged of a request. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface AnswerOutcome {
  readonly status: number;
  /** Handed to the connection, headers included. */
  readonly bytes: number;
  /** Seconds from the end of the request's headers. */
  readonly duration: number;
  /** False when the answer did not reach its end, mostly because the client left. */
  readonly isComplete: boolean;
  /** Address of the client. */
  readonly client: string | undefined;
}

/**
 * Call it before anything is answered. Node says `finish` of broken connections too; only before its own listener runs can
 * the two be told apart.
 */
export function watchAnswer(
  { socket }: IncomingMessage,
  response: ServerResponse,
  onOver: (outcome: AnswerOutcome) => void,
): void {
  const client = socket.remoteAddress;
  const start = performance.now();
  const writtenBefore = socket.bytesWritten;
  let isComplete = false;
  response.prependListener('finish', () => {
    isComplete = !socket.destroyed;
  });
  response.on('close', () => {
    const duration = (performance.now() - start) / 1000;
    const bytes = socket.bytesWritten - writtenBefore;
    onOver({ status: response.statusCode, bytes, duration, isComplete, client });
  });
}
