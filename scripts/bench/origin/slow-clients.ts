/**
 * Connections that hold a server up, in a process of their own: `slow-clients.ts JSON`. One that is dropped comes back a second
 * later. Says `ready` when all have been open once, and then, asked by a line on stdin, how many are open and were dropped.
 */
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface SlowClients {
  readonly url: string;
  /** A large object. */
  readonly path: string;
  /** Connections that send the headers of a request, one letter every other second, and never end them. */
  readonly slowHeaders: number;
  /** That have had an answer and keep the connection. */
  readonly idle: number;
  /** That ask for the large object and read nothing of it. */
  readonly stalled: number;
}

export interface SlowClientsState {
  readonly open: number;
  readonly dropped: number;
}

type Begin = (socket: Socket) => void;

const { url, path, slowHeaders, idle, stalled } = JSON.parse(process.argv[2] ?? '') as SlowClients;
const { hostname, port, host } = new URL(url);
const request = `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n`;

let open = 0;
let dropped = 0;

const dribble: Begin = (socket) => {
  socket.write(`${request}X-Slow: `);
  const timer = setInterval(() => socket.write('x'), 2000);
  socket.once('close', () => clearInterval(timer));
  socket.resume();
};
const rest: Begin = (socket) => {
  socket.write(`HEAD ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  socket.resume();
};
const stall: Begin = (socket) => socket.write(`${request}\r\n`);

/** Resolves when it has been open for the first time. */
function keepOpen(begin: Begin): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      open += 1;
      begin(socket);
      resolve();
      socket.once('close', () => {
        open -= 1;
        dropped += 1;
      });
    });
    socket.on('error', () => undefined);
    socket.once('close', () => setTimeout(() => void keepOpen(begin).then(resolve), 1000));
  });
}

const beginnings = [
  ...Array<Begin>(slowHeaders).fill(dribble),
  ...Array<Begin>(idle).fill(rest),
  ...Array<Begin>(stalled).fill(stall),
];
const BATCH = 200;
for (let i = 0; i < beginnings.length; i += BATCH) {
  await Promise.all(beginnings.slice(i, i + BATCH).map(keepOpen));
}
console.log('ready');
for await (const _line of createInterface(process.stdin)) {
  console.log(JSON.stringify({ open, dropped } satisfies SlowClientsState));
}
process.exit();
