/** The life of a server: it stops without cutting answers short, and drops those who hold it up. */
import { EventEmitter, once } from 'node:events';
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_HTTP_LIMITS, type HttpLimits, listen, type RequestHandler } from './http-server.ts';
import { ask, askRaw, begin } from './test-client.ts';

async function start(handler: RequestHandler, limits: Partial<HttpLimits> = {}) {
  const options = { host: '127.0.0.1', port: 0, limits: { ...DEFAULT_HTTP_LIMITS, ...limits } };
  const server = await listen(handler, options);
  onTestFinished(() => server.close());
  return server;
}

async function openSocket(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Resolves with the next request that reaches the server. */
function catchRequest(): { handler: RequestHandler; caught: Promise<[IncomingMessage, ServerResponse]> } {
  const requests = new EventEmitter();
  const caught = once(requests, 'request') as Promise<[IncomingMessage, ServerResponse]>;
  return { handler: (request, response) => requests.emit('request', request, response), caught };
}

test('an answer under way is finished after close, and nothing new is accepted', async () => {
  const { handler, caught } = catchRequest();
  const server = await start(handler);
  const answer = ask(server.url);
  const [, response] = await caught;
  response.writeHead(200, { 'content-length': '10' }).write('first');
  const closed = server.close();
  await expect(ask(server.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  response.end('later');
  expect((await answer).body.toString()).toBe('firstlater');
  await closed;
});

test('an answer that is ended, but that its slow reader has not got yet, is not cut', async () => {
  const body = Buffer.alloc(24 * 1024 * 1024, 7);
  const server = await start((_, response) => response.end(body));
  const slow = await begin(server.url);
  const closed = server.close();
  expect((await buffer(slow)).equals(body)).toBe(true);
  await closed;
});

test('idle connections are dropped at once', async () => {
  const server = await start((_, response) => response.end('done'));
  const agent = new Agent({ keepAlive: true });
  await ask(server.url, { agent });
  expect(await server.openConnections()).toBe(1);
  await server.close();
  expect(server.close()).toBe(server.close());
});

test('a connection that was busy at close does not stay open for more', async () => {
  const { handler, caught } = catchRequest();
  const server = await start(handler);
  const answer = ask(server.url, { agent: new Agent({ keepAlive: true }) });
  const [, response] = await caught;
  response.flushHeaders();
  const closed = server.close();
  response.end('x');
  await answer;
  await closed;
});

test('what does not end in time is cut', async () => {
  const { handler, caught } = catchRequest();
  const server = await start(handler, { drainTimeoutMs: 20 });
  const answer = ask(server.url).catch((error: NodeJS.ErrnoException) => error.code);
  await caught;
  await server.close();
  expect(await answer).toBe('ECONNRESET');
});

test('a client that reads nothing is dropped after the stall time', async () => {
  const { handler, caught } = catchRequest();
  const server = await start(handler, { stallTimeoutMs: 150 });
  const silent = await begin(server.url, {}).catch(() => undefined);
  expect(silent).toBeUndefined();
  const [request] = await caught;
  expect(request.socket.destroyed).toBe(true);
});

test('a client that stops reading in the middle is dropped', async () => {
  const body = Buffer.alloc(24 * 1024 * 1024);
  const { handler, caught } = catchRequest();
  const server = await start(handler, { stallTimeoutMs: 150 });
  const stuck = begin(server.url);
  const [, response] = await caught;
  response.end(body);
  await once(response, 'close');
  await expect(stuck.then(buffer)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

test('a client that goes on sending while it reads nothing is dropped too', async () => {
  const { handler, caught } = catchRequest();
  const server = await start(handler, { stallTimeoutMs: 150 });
  const socket = await openSocket(server.url);
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const [request, response] = await caught;
  response.end(Buffer.alloc(24 * 1024 * 1024));
  const chatter = setInterval(() => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), 10);
  onTestFinished(() => clearInterval(chatter));
  await once(response, 'close');
  expect(request.socket.destroyed).toBe(true);
});

test('requests sent together are answered one after the other, in order', async () => {
  const begun: (string | undefined)[] = [];
  const finishing = new EventEmitter();
  const server = await start((request, response) => {
    begun.push(request.url);
    finishing.emit('begun');
    finishing.once('finish', () => response.end(request.url));
  });
  const first = once(finishing, 'begun');
  const all = ['/a', '/b', '/c'].map(
    (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n${path === '/c' ? 'Connection: close\r\n' : ''}\r\n`,
  );
  const reply = askRaw(server.url, all.join(''));
  await first;
  for (const expected of [['/a'], ['/a', '/b'], ['/a', '/b', '/c']]) {
    expect(begun).toEqual(expected);
    const next = once(finishing, 'begun');
    finishing.emit('finish');
    if (expected.length < 3) await next;
  }
  expect((await reply).match(/\r\n\/[abc]/g)).toEqual(['\r\n/a', '\r\n/b', '\r\n/c']);
});

test('a connection that says nothing, or never ends its headers, is closed after the time for headers', async () => {
  const server = await start((_, response) => response.end(), { headersTimeoutMs: 100 });
  const silent = await openSocket(server.url);
  const slow = await openSocket(server.url);
  slow.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  await Promise.all([buffer(silent), buffer(slow)]);
  expect(server.openConnections()).toBe(0);
});

test('when it is full an idle connection gives way, and one address does not keep another out', async () => {
  const answering: ServerResponse[] = [];
  const server = await start(
    (request, response) => {
      if (request.url === '/slow') answering.push(response);
      else response.end('here');
    },
    { maxConnections: 3 },
  );
  const slow = Array.from({ length: 3 }, () => begin(`${server.url}slow`).catch((error: Error) => error));
  await vi.waitFor(() => expect(answering).toHaveLength(3));
  await expect(ask(server.url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  const viewer = new Agent({ localAddress: '127.0.0.2', keepAlive: true });
  onTestFinished(() => viewer.destroy());
  expect((await ask(server.url, { agent: viewer })).body.toString()).toBe('here');
  expect(server.openConnections()).toBe(3);
  for (const response of answering) response.end();
  expect((await Promise.all(slow)).filter((answer) => answer instanceof Error)).toHaveLength(1);
});

test('headers of more than 8 KiB are answered with 431, no HTTP with 400', async () => {
  const server = await start((_, response) => response.end());
  const long = `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(9000)}\r\n\r\n`;
  expect(await askRaw(server.url, long)).toMatch(/^HTTP\/1\.1 431 /);
  expect(await askRaw(server.url, 'junk\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});

test('a port in use is said so', async () => {
  const server = await start((_, response) => response.end());
  const { port } = new URL(server.url);
  const again = listen(() => undefined, {
    host: '127.0.0.1',
    port: Number(port),
    limits: DEFAULT_HTTP_LIMITS,
  });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('the URL of a wildcard is one that a browser can open', async () => {
  const server = await listen((_, response) => response.end('here'), {
    host: '0.0.0.0',
    port: 0,
    limits: DEFAULT_HTTP_LIMITS,
  });
  onTestFinished(() => server.close());
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect((await ask(server.url)).body.toString()).toBe('here');
});
