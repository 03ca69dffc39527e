/** Transfers for tests of a link: a server of as many bytes as asked for, and downloads that are timed and summed up. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type Agent, createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';

export interface TestServer {
  readonly port: number;
  /** The server's ends of all connections that carried a request. */
  readonly sockets: ReadonlySet<Socket>;
  /** Bytes of bodies that its sockets took so far. */
  accepted(): number;
  close(): Promise<void>;
}

export interface Download {
  readonly bytes: number;
  readonly seconds: number;
  readonly sha256: string;
}

/** Answers `/N` with N bytes: the first of `body`, or zeros. It writes no more than its sockets take. */
export async function openTestServer(body?: Buffer): Promise<TestServer> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((incoming, response) => {
    sockets.add(incoming.socket);
    const size = Number(incoming.url?.slice(1));
    response.setHeader('content-length', size);
    Readable.from(pieces(size)).pipe(response);
  });

  function* pieces(size: number): Generator<Buffer> {
    for (let at = 0; at < size; at += PIECE) {
      const end = Math.min(size, at + PIECE);
      accepted += end - at;
      yield body?.subarray(at, end) ?? Buffer.alloc(end - at);
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    sockets,
    accepted: () => accepted,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const PIECE = 16 * 1024;

/** Resolves with the answer's headers; without an agent each request has a connection of its own. */
export async function request(url: string, agent?: Agent): Promise<IncomingMessage> {
  const sent = get(url, { agent: agent ?? false });
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  sent.on('error', () => undefined);
  return response;
}

export async function download(url: string, agent?: Agent): Promise<Download> {
  const began = performance.now();
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of await request(url, agent)) {
    bytes += chunk.length;
    hash.update(chunk);
  }
  return { bytes, seconds: (performance.now() - began) / 1000, sha256: hash.digest('hex') };
}
