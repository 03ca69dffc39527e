/**
 * One viewer's TCP connection through a shaped link, and the one to the server that belongs to it.
 *
 *   server ──> queue (bounded) ──> bottleneck ──> delay ──> viewer
 *   server <───────────────────────────────────── delay <── viewer
 *
 * A full queue stops the reading from the server, a viewer that does not read stops the queue. A viewer that goes away
 * takes its queue along: nothing of an aborted transfer is left on the link. One that closes only its sending side is
 * taken as gone, as HTTP clients do not do that.
 */
import { connect, type Socket } from 'node:net';
import { createByteQueue } from './byte-queue.ts';
import { createDelayLine } from './delay-line.ts';

export interface LinkConnection {
  /** Bytes that could pass the bottleneck now: none while the viewer does not read. */
  backlog(): number;
  /** Bytes that wait before the bottleneck, whether or not the viewer reads. */
  queued(): number;
  /** Sends `bytes` of the backlog on their way. */
  grant(bytes: number): void;
  /** Ends both connections with a TCP reset, dropping what is on its way. Idempotent. */
  reset(): void;
}

export interface LinkConnectionOptions {
  readonly to: { readonly host: string; readonly port: number };
  /** One way. */
  readonly delayMs: number;
  /** Bytes in the queue above which the server is no longer read; it may overshoot by what one read brings. */
  readonly queueBytes: number;
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
  /** The backlog has grown. */
  readonly onBacklog: () => void;
  readonly onDelivered: (bytes: number) => void;
  readonly onClosed: () => void;
}

/** What travels down the wire; `end` is the server's end of the stream. */
type Downward = Uint8Array | 'end';

export function createLinkConnection(viewer: Socket, options: LinkConnectionOptions): LinkConnection {
  const { to, delayMs, queueBytes, now, onBacklog, onDelivered, onClosed } = options;
  const server = connect({ ...to, noDelay: true });
  const queue = createByteQueue();
  const established = now() + 2 * delayMs;
  let serverEnded = false;
  let closed = false;

  const down = createDelayLine<Downward>({
    delayMs,
    now,
    deliver(item) {
      if (item === 'end') viewer.end();
      else {
        viewer.write(item);
        onDelivered(item.byteLength);
      }
    },
  });
  const up = createDelayLine<Uint8Array>({
    delayMs,
    now,
    deliver(item) {
      if (!server.write(item)) viewer.pause();
    },
  });

  const sendEnd = (): void => {
    if (serverEnded && queue.bytes === 0) down.push('end');
  };
  const close = (): void => {
    if (closed) return;
    closed = true;
    up.close();
    down.close();
    queue.clear();
    viewer.destroy();
    server.destroy();
    onClosed();
  };
  const reset = (): void => {
    if (!viewer.destroyed) viewer.resetAndDestroy();
    if (!server.destroyed) server.resetAndDestroy();
    close();
  };

  viewer.setNoDelay(true);
  viewer.on('data', (chunk) => up.push(chunk, established));
  viewer.on('drain', onBacklog);
  viewer.on('end', close);
  viewer.on('error', close);
  viewer.on('close', close);

  server.on('data', (chunk) => {
    queue.push(chunk);
    if (queue.bytes >= queueBytes) server.pause();
    onBacklog();
  });
  server.on('drain', () => viewer.resume());
  server.on('end', () => {
    serverEnded = true;
    sendEnd();
  });
  server.on('error', reset);

  return {
    backlog: () => (viewer.writableNeedDrain ? 0 : queue.bytes),
    queued: () => queue.bytes,
    grant(bytes) {
      if (bytes === 0) return;
      for (const chunk of queue.take(bytes)) down.push(chunk);
      if (queue.bytes <= queueBytes / 2) server.resume();
      sendEnd();
    },
    reset,
  };
}
