/** One connection as its server sees it: whose turn it is to be answered, and whether its client takes what it is sent. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface Connection {
  readonly socket: Socket;
  /** Of the client; those whose address is not known count as one. */
  readonly address: string;
  readonly isAnswering: boolean;
  /**
   * Calls `answer` when all earlier answers of this connection are out (RFC 9112 §9.3.2): a client that sends a thousand
   * requests at once gets the memory of one answer, not of a thousand.
   */
  inTurn(response: ServerResponse, answer: () => void): void;
  /** Ends it: at once, or when the requests that have come are answered. */
  endWhenIdle(): void;
  /**
   * How many looks in a row, this one included, the client has taken nothing of its answer, as far as the kernel can tell;
   * 0 when it has, or is not being answered.
   */
  look(): number;
}

export function createConnection(socket: Socket): Connection {
  const waiting: (() => void)[] = [];
  let isAnswering = false;
  let isEnding = false;
  let taken = 0;
  let stillLooks = 0;

  /** The first look after it says nothing about the answer, which may have begun just before. */
  function begin(answer: () => void): void {
    isAnswering = true;
    stillLooks = -1;
    answer();
  }

  function finish(): void {
    isAnswering = false;
    const next = waiting.shift();
    if (next && !socket.destroyed) begin(next);
    else if (isEnding) socket.destroySoon();
  }

  return {
    socket,
    address: socket.remoteAddress ?? '',
    get isAnswering() {
      return isAnswering;
    },
    inTurn(response, answer) {
      response.on('close', finish);
      if (isAnswering) waiting.push(answer);
      else begin(answer);
    },
    endWhenIdle() {
      isEnding = true;
      if (!isAnswering) socket.destroySoon();
    },
    look() {
      const before = taken;
      taken = bytesTakenFrom(socket);
      stillLooks = isAnswering && taken === before ? stillLooks + 1 : 0;
      return stillLooks;
    },
  };
}

/** Node says how much was handed to libuv; how much of it still waits there is known to the handle alone. */
function bytesTakenFrom(socket: Socket): number {
  const { _handle: handle } = socket as Socket & { readonly _handle?: { readonly writeQueueSize?: number } };
  return socket.bytesWritten - (handle?.writeQueueSize ?? 0);
}
