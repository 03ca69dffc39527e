/** One keep-alive connection of a load generator: a request at a time, its answer counted and thrown away. */
import { connect, type Socket } from 'node:net';

export interface LoadConnection {
  /** Sends a request, whole with its last blank line; only after the answer before has ended. */
  send(request: string, onEnd: (isGood: boolean) => void): void;
  close(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** All connections read into the same memory: nobody looks at the bytes of a body. */
const SHARED_BUFFER = Buffer.allocUnsafeSlow(256 * 1024);

export function openLoadConnection({ hostname, port }: URL): LoadConnection {
  let onEnd: ((isGood: boolean) => void) | undefined;
  let head = Buffer.alloc(0);
  /** Bytes of the body still to come; undefined while the head is. */
  let missing: number | undefined;
  let isGood = false;

  let socket = open();

  function open(): Socket {
    const opened = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: SHARED_BUFFER,
        callback: (length, buffer) => {
          take(buffer.subarray(0, length));
          return true;
        },
      },
    });
    opened.on('error', () => undefined);
    opened.on('close', () => finish(false));
    return opened;
  }

  function take(bytes: Uint8Array): void {
    if (missing === undefined) {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf(HEAD_END);
      if (end < 0) return;
      const text = head.toString('latin1', 0, end);
      isGood = /^HTTP\/1\.1 20[06] /.test(text);
      missing = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0) - (head.length - end - 4);
    } else {
      missing -= bytes.length;
    }
    if (missing <= 0) finish(isGood);
  }

  function finish(isGood: boolean): void {
    const report = onEnd;
    onEnd = undefined;
    head = Buffer.alloc(0);
    missing = undefined;
    report?.(isGood);
  }

  return {
    send(request, report) {
      // A server may close a connection that it has waited for long enough.
      if (socket.destroyed) socket = open();
      onEnd = report;
      socket.write(request, 'latin1');
    },
    close: () => socket.destroy(),
  };
}
