/**
 * A network of chosen quality on this machine: a TCP proxy with one bottleneck that all its connections share, a
 * one-way delay in both directions, and a bounded queue. Only what comes down from the server is held to the rate;
 * what goes up is delayed and nothing more. A round trip, that of opening a connection included, takes 2 × `delayMs`.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { RateSchedule } from './capacity.ts';
import { createDeliveryLog, type DeliverySlot } from './delivery-log.ts';
import { createLinkConnection, type LinkConnection } from './link-connection.ts';
import { createShaper } from './shaper.ts';

export interface ShapedLinkOptions {
  /** The server behind the link. */
  readonly to: { readonly host: string; readonly port: number };
  /** Bits per second, now or over time; 0 is an outage in which connections stay open and nothing arrives. */
  readonly rate: number | RateSchedule;
  /** One way, in each direction. Default 0. */
  readonly delayMs?: number;
  /** Bytes of each connection that may wait before the bottleneck. Default 64 KiB, enough for about 100 Mbit/s. */
  readonly queueBytes?: number;
  /** Where viewers connect. Default `127.0.0.1` and a free port. */
  readonly host?: string;
  readonly port?: number;
  /** Aborting it closes the link. */
  readonly signal?: AbortSignal;
}

export interface LinkStats {
  /** Seconds since the link was opened. */
  readonly at: number;
  readonly connections: number;
  /** Bytes that wait before the bottleneck. */
  readonly queued: number;
  /** Bytes handed to viewers since the beginning. */
  readonly delivered: number;
  readonly slots: readonly DeliverySlot[];
}

export interface ShapedLink {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** From now on: a schedule begins with its first step. */
  setRate(rate: number | RateSchedule): void;
  /** Resets every open connection; new ones are welcome. */
  cut(): void;
  /** While refusing, new connections are reset as they arrive; open ones go on. */
  refuse(refusing: boolean): void;
  stats(): LinkStats;
  /** Resets every connection and stops listening. Idempotent. */
  close(): Promise<void>;
}

/** @throws RangeError for a rate that cannot be; the listening error (EADDRINUSE …) when the port cannot be had. */
export async function createShapedLink(options: ShapedLinkOptions): Promise<ShapedLink> {
  const { to, delayMs = 0, queueBytes = 64 * 1024, host = '127.0.0.1', port = 0, signal } = options;
  signal?.throwIfAborted();
  const openedMs = performance.now();
  const clock = (): number => (performance.now() - openedMs) / 1000;
  const connections = new Set<LinkConnection>();
  const log = createDeliveryLog();
  const shaper = createShaper({ rate: options.rate, flows: () => [...connections], now: clock });
  let refusing = false;

  const listener = createServer({ noDelay: true }, (viewer) => {
    if (refusing) return void viewer.resetAndDestroy();
    const connection = createLinkConnection(viewer, {
      to,
      delayMs,
      queueBytes,
      now: () => performance.now(),
      onBacklog: shaper.pump,
      onDelivered: (bytes) => log.add(clock(), bytes),
      onClosed: () => connections.delete(connection),
    });
    connections.add(connection);
  });

  const cut = (): void => {
    for (const connection of connections) connection.reset();
  };
  const close = async (): Promise<void> => {
    signal?.removeEventListener('abort', close);
    shaper.close();
    cut();
    if (!listener.listening) return;
    listener.close();
    await once(listener, 'close');
  };

  listener.listen(port, host);
  await once(listener, 'listening');
  signal?.addEventListener('abort', close);
  const address = listener.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    port: address.port,
    setRate: shaper.setRate,
    cut,
    refuse(value) {
      refusing = value;
    },
    stats: () => ({
      at: clock(),
      connections: connections.size,
      queued: [...connections].reduce((sum, each) => sum + each.queued(), 0),
      delivered: log.total(),
      slots: log.slots(),
    }),
    close,
  };
}
