import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createHttpSource } from './http-source.ts';
import type { SegmentRequest } from './segment-source.ts';

const FILE = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
const never = new AbortController().signal;
const source = createHttpSource({ headersTimeout: 0.2, idleTimeout: 0.2 });
let server: Server;
let origin: string;

const answers: Record<string, RequestListener> = {
  '/range': (request, response) => {
    const [first = 0, last = 0] = (request.headers.range ?? '').match(/\d+/g)?.map(Number) ?? [];
    const headers = {
      'Content-Range': `bytes ${first}-${last}/${FILE.length}`,
      'Content-Length': last - first + 1,
    };
    response.writeHead(206, headers).end(FILE.subarray(first, last + 1));
  },
  '/ignores-range': (_, response) => response.end(FILE),
  '/wrong-range': (_, response) =>
    response.writeHead(206, { 'Content-Range': 'bytes 0-9/5000' }).end(FILE.subarray(0, 10)),
  '/endless': (_, response) => {
    response.writeHead(200, { 'Content-Length': 1e9 });
    const feed = () => !response.destroyed && response.write(FILE, feed);
    feed();
  },
  '/missing': (_, response) => response.writeHead(404).end('no'),
  '/clamped': (_, response) =>
    response.writeHead(206, { 'Content-Range': 'bytes 50-59/60' }).end(FILE.subarray(50, 60)),
  '/silent': () => undefined,
  '/stops': (_, response) => response.writeHead(200, { 'Content-Length': 5000 }).write(FILE.subarray(0, 100)),
  '/cut': (_, response) => {
    response.writeHead(200, { 'Content-Length': 5000 });
    response.write(FILE.subarray(0, 100), () => response.destroy());
  },
};

beforeAll(async () => {
  server = createServer((request, response) => answers[request.url ?? '']?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function get(path: string, more: Partial<SegmentRequest> = {}, signal = never) {
  return source.fetch({ kind: 'segment', urls: [origin + path], ...more }, signal);
}

test('the range asked for is the range given', async () => {
  const { bytes } = await get('/range', { range: { first: 100, last: 299 } });
  expect(bytes).toEqual(FILE.slice(100, 300));
});

test('a server that ignores ranges is understood', async () => {
  const { bytes } = await get('/ignores-range', { range: { first: 100, last: 299 } });
  expect(bytes).toEqual(FILE.slice(100, 300));
});

test('a first look may be longer than the file', async () => {
  const { bytes } = await get('/clamped', { kind: 'index', range: { first: 50, last: 8191 } });
  expect(bytes).toHaveLength(10);
});

test('a server that ignores ranges is not listened to behind the range', async () => {
  const received: number[] = [];
  await get('/endless', { range: { first: 0, last: 99 }, onProgress: (p) => received.push(p.received) });
  expect(received.at(-1)).toBeLessThan(1_000_000);
});

test('a body whose compression the browser hides, as on another origin without leave, may be longer than announced', async () => {
  const answer = new Response(FILE, { headers: { 'Content-Length': '99' } });
  const fetching = vi.spyOn(globalThis, 'fetch').mockResolvedValue(answer);
  onTestFinished(() => fetching.mockRestore());
  expect((await get('/ignores-range')).bytes).toEqual(FILE);
});

test('progress adds up to the body', async () => {
  const received: number[] = [];
  await get('/ignores-range', { onProgress: (p) => received.push(p.received) });
  expect(received.at(-1)).toBe(FILE.length);
});

test.each([
  ['/wrong-range', 'body-mismatch'],
  ['/missing', 'http-status'],
  ['/clamped', 'body-mismatch'],
  ['/silent', 'timeout'],
  ['/stops', 'timeout'],
  ['/cut', 'network'],
])('%s is told as %s', async (path, code) => {
  await expect(get(path, { range: { first: 50, last: 999 } })).rejects.toMatchObject({
    name: 'StreamingError',
    code,
  });
});

test('an abort rejects with its own reason and is no error of the network', async () => {
  const controller = new AbortController();
  const result = get('/silent', {}, controller.signal);
  controller.abort('seek');
  await expect(result).rejects.toBe('seek');
});
