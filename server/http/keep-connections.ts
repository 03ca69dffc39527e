/** All connections of a server: who is let in, whose answer is under way, and who is dropped for taking nothing. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createAdmission } from './admission.ts';
import { type Connection, createConnection } from './connection.ts';

export interface Connections {
  readonly count: number;
  /** Calls `answer` when all earlier answers of the same connection are out. */
  inTurn(request: IncomingMessage, response: ServerResponse, answer: () => void): void;
}

export interface ConnectionLimits {
  /** A client that takes nothing of its answer for so long is dropped, at most a quarter of it later. */
  readonly stallTimeoutMs: number;
  readonly maxConnections: number;
}

/** Looks at each answer under way in the time after which it counts as stalled. */
const LOOKS = 4;

/** Until the server is closed. */
export function keepConnections(
  server: Server,
  { stallTimeoutMs, maxConnections }: ConnectionLimits,
): Connections {
  const admission = createAdmission<Connection>(maxConnections);
  const bySocket = new WeakMap<Socket, Connection>();

  server.on('connection', (socket) => {
    const connection = createConnection(socket);
    bySocket.set(socket, connection);
    socket.once('close', () => admission.leave(connection));
    admission.admit(connection)?.socket.destroy();
  });

  const looking = setInterval(() => {
    for (const connection of admission.members()) if (connection.look() >= LOOKS) connection.socket.destroy();
  }, stallTimeoutMs / LOOKS).unref();
  server.once('close', () => clearInterval(looking));

  // Stands in for Node's own, which `close` calls: to Node an answer is over once it is ended, although a slow client may have
  // most of it still to come.
  server.closeIdleConnections = () => {
    for (const connection of admission.members()) connection.endWhenIdle();
  };

  return {
    get count() {
      return admission.count;
    },
    inTurn: (request, response, answer) => bySocket.get(request.socket)?.inTurn(response, answer),
  };
}
