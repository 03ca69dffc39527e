/** Objects over a real socket: every byte is the file's own, and nothing stays open behind a client that left. */
import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { answerError } from './answer-error.ts';
import { DEFAULT_HTTP_LIMITS, listen } from './http-server.ts';
import { silentLog } from './log.ts';
import { describeObject } from './plan-answer.ts';
import { type ServedObject, sendObject } from './send-object.ts';
import { memoryBytes, type StoredBytes, type TakenBytes } from './stored-bytes.ts';
import { ask, begin } from './test-client.ts';

const description = {
  type: 'video/mp4',
  etag: '"abc"',
  modified: 784111777,
  cacheControl: 'public, max-age=60',
  headers: { vary: 'x-test' },
};

/** Serves one object at every path; `failures` collects what `sendObject` rejected with. */
async function serve({ size, open }: Pick<ServedObject, 'size' | 'open'>) {
  const object = { ...describeObject({ ...description, size }), open };
  const failures: unknown[] = [];
  const server = await listen(
    (request, response) => {
      sendObject(request, response, object).catch((error: unknown) => {
        failures.push(error);
        answerError(response, error, { log: silentLog });
      });
    },
    { host: '127.0.0.1', port: 0, limits: DEFAULT_HTTP_LIMITS },
  );
  onTestFinished(() => server.close());
  return { url: server.url, failures, openConnections: server.openConnections };
}

/** What has been opened, lent and not yet given back. */
interface Books {
  opened: number;
  closed: number;
  onLoan: number;
  readonly events: EventEmitter;
}

/**
 * Lends copies in pieces of at most `most` bytes, now at once and now later, and spoils each when it is given back: whoever
 * still sends it then sends something else.
 */
function spoilingBytes(content: Uint8Array, books: Books, most: number): StoredBytes {
  let takes = 0;
  books.opened += 1;
  function take(position: number, last: number): TakenBytes {
    const copy = Buffer.from(content.subarray(position, Math.min(last + 1, position + most)));
    if (copy.length === 0) throw new Error(`There is no byte ${position}.`);
    const middle = copy.length >> 1;
    books.onLoan += 1;
    return {
      chunks: [copy.subarray(0, middle), copy.subarray(middle)],
      length: copy.length,
      release: () => {
        copy.fill(0xee);
        books.onLoan -= 1;
        books.events.emit('release');
      },
    };
  }
  return {
    take: (position, last) =>
      takes++ % 2 === 0 ? take(position, last) : Promise.resolve().then(() => take(position, last)),
    close: () => {
      books.closed += 1;
      books.events.emit('close');
    },
  };
}

async function serveBytes(content: Uint8Array, { size = content.length, most = 300_000 } = {}) {
  const books: Books = { opened: 0, closed: 0, onLoan: 0, events: new EventEmitter() };
  const server = await serve({ size, open: () => spoilingBytes(content, books, most) });
  return { ...server, books };
}

const content = randomBytes(1_000_003);

test('the whole comes with its facts', async () => {
  const { url } = await serveBytes(content);
  const { status, headers, body } = await ask(url);
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=60',
    'content-length': '1000003',
    'content-type': 'video/mp4',
    etag: '"abc"',
    'last-modified': 'Sun, 06 Nov 1994 08:49:37 GMT',
    vary: 'x-test',
  });
  expect(headers).not.toHaveProperty('content-range');
  expect(body.equals(content)).toBe(true);
});

test('HEAD says what GET would, without a body, and knows no ranges', async () => {
  const { url, books } = await serveBytes(content);
  const { status, headers, body } = await ask(url, { method: 'HEAD', headers: { range: 'bytes=0-9' } });
  expect([status, headers['content-length'], body.length]).toEqual([200, '1000003', 0]);
  expect(headers).not.toHaveProperty('content-range');
  expect(books.opened).toBe(0);
});

test('a range is a 206 with all facts; one outside is a 416 that no cache keeps', async () => {
  const { url } = await serveBytes(content);
  const some = await ask(url, { headers: { range: 'bytes=-3' } });
  expect(some.status).toBe(206);
  expect(some.headers).toMatchObject({
    'content-range': 'bytes 1000000-1000002/1000003',
    'content-length': '3',
    'cache-control': 'public, max-age=60',
    etag: '"abc"',
  });
  expect(some.body.equals(content.subarray(-3))).toBe(true);
  const outside = await ask(url, { headers: { range: 'bytes=1000003-' } });
  expect(outside.status).toBe(416);
  expect(outside.headers).toMatchObject({ 'content-range': 'bytes */1000003', 'cache-control': 'no-store' });
});

test('conditions come before ranges; a stale If-Range gives the whole', async () => {
  const { url } = await serveBytes(content);
  const status = async (headers: Record<string, string>) =>
    (await ask(url, { headers: { range: 'bytes=0-9', ...headers } })).status;
  expect(await status({ 'if-none-match': '"abc"' })).toBe(304);
  expect(await status({ 'if-match': '"x"' })).toBe(412);
  expect(await status({ 'if-range': '"abc"' })).toBe(206);
  expect(await status({ 'if-range': 'W/"abc"' })).toBe(200);
  expect(await status({ 'if-range': 'Sun, 06 Nov 1994 08:49:37 GMT' })).toBe(206);
  expect(await status({ 'if-range': 'Sun, 06 Nov 1994 08:49:38 GMT' })).toBe(200);
});

test('304 repeats what caches must learn and describes no body', async () => {
  const { url } = await serveBytes(content);
  const { status, headers, body } = await ask(url, { headers: { 'if-none-match': 'W/"abc"' } });
  expect([status, body.length]).toEqual([304, 0]);
  expect(headers).toMatchObject({ etag: '"abc"', 'cache-control': 'public, max-age=60', vary: 'x-test' });
  for (const name of ['content-type', 'content-length', 'content-range'])
    expect(headers).not.toHaveProperty(name);
});

test('several ranges are a multipart whose parts are the slices, in the order asked for', async () => {
  const { url } = await serveBytes(content);
  const { status, headers, body } = await ask(url, { headers: { range: 'bytes=5000-5009,0-4,-2' } });
  expect(status).toBe(206);
  expect(headers).not.toHaveProperty('content-range');
  expect(headers['content-length']).toBe(`${body.length}`);
  const boundary = /^multipart\/byteranges; boundary=(\S+)$/.exec(headers['content-type'] ?? '')?.[1];
  const parts = body.toString('latin1').split(`--${boundary}`);
  expect([parts[0], parts.at(-1), parts.length]).toEqual(['', '--\r\n', 5]);
  const expected = [
    ['5000-5009', content.subarray(5000, 5010)],
    ['0-4', content.subarray(0, 5)],
    ['1000001-1000002', content.subarray(-2)],
  ] as const;
  expected.forEach(([range, slice], i) => {
    const head = `\r\nContent-Type: video/mp4\r\nContent-Range: bytes ${range}/1000003\r\n\r\n`;
    expect(parts[i + 1]).toBe(`${head}${slice.toString('latin1')}\r\n`);
  });
});

test('an empty object is an empty 200, and no range of it exists', async () => {
  const { url } = await serve({ size: 0, open: () => memoryBytes(Buffer.alloc(0)) });
  expect(await ask(url)).toMatchObject({ status: 200, headers: { 'content-length': '0' } });
  expect(await ask(url, { headers: { range: 'bytes=0-' } })).toMatchObject({ status: 416 });
});

test('10 000 random ranges are each the slice of the file', async () => {
  const { url, failures, books } = await serveBytes(content);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  onTestFinished(() => agent.destroy());
  const ranges = fc.sample(
    fc.tuple(fc.nat({ max: content.length - 1 }), fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 40_000 }))),
    { numRuns: 10_000, seed: 4 },
  );
  const next = ranges.values();
  let compared = 0;
  const compareRest = async () => {
    for (const [first, length] of next) {
      const { status, body } = await ask(url, {
        agent,
        headers: { range: `bytes=${first}-${first + length}` },
      });
      if (status !== 206 || !body.equals(content.subarray(first, first + length + 1))) {
        throw new Error(`bytes=${first}-${first + length} came as ${status} with ${body.length} bytes`);
      }
      compared += 1;
    }
  };
  await Promise.all(Array.from({ length: 8 }, compareRest));
  expect(compared).toBe(10_000);
  expect(failures).toEqual([]);
  await vi.waitFor(() => expect(books.onLoan).toBe(0));
}, 60_000);

test('any header text gives an answer that the table knows, never other bytes', async () => {
  const small = content.subarray(0, 2000);
  const { url, failures } = await serveBytes(small);
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const text = fc.string({ unit: fc.constantFrom(...'bytes=-,0123456789"W/* abc:GMT'.split('')) });
  const header = fc.oneof(
    text,
    text.map((value) => `bytes=${value}`),
    fc.constant('"abc"'),
  );
  const names = [
    'range',
    'if-range',
    'if-match',
    'if-none-match',
    'if-modified-since',
    'if-unmodified-since',
  ];
  const headers = fc.dictionary(fc.constantFrom(...names), header);
  await fc.assert(
    fc.asyncProperty(headers, async (some) => {
      const reply = await ask(url, { agent, headers: some });
      expect([200, 206, 304, 412, 416]).toContain(reply.status);
      if (reply.status === 200) expect(reply.body.equals(small)).toBe(true);
      const [, first, last] = /^bytes (\d+)-(\d+)\/2000$/.exec(reply.headers['content-range'] ?? '') ?? [];
      if (first) expect(reply.body.equals(small.subarray(Number(first), Number(last) + 1))).toBe(true);
    }),
    { numRuns: 500 },
  );
  expect(failures.map(String).filter((message) => !message.startsWith('HttpError'))).toEqual([]);
});

test('many clients of one large object get its bytes, whatever was lent before', async () => {
  const large = randomBytes(6 * 1024 * 1024);
  const { url, books } = await serveBytes(large, { most: 1024 * 1024 });
  const bodies = await Promise.all(Array.from({ length: 12 }, async () => (await ask(url)).body));
  expect(bodies.filter((body) => body.equals(large))).toHaveLength(12);
  await vi.waitFor(() => expect(books).toMatchObject({ opened: 12, closed: 12, onLoan: 0 }));
});

test('no more is lent than the client takes; when it leaves, everything goes back', async () => {
  const size = 512 * 1024 * 1024;
  const chunk = Buffer.alloc(1024 * 1024);
  const books: Books = { opened: 0, closed: 0, onLoan: 0, events: new EventEmitter() };
  let lent = 0;
  const endless: StoredBytes = {
    ...spoilingBytes(chunk, books, chunk.length),
    take: () => {
      lent += chunk.length;
      books.onLoan += 1;
      return {
        chunks: [chunk],
        length: chunk.length,
        release: () => {
          books.onLoan -= 1;
        },
      };
    },
  };
  const closed = once(books.events, 'close');
  const { url, failures } = await serve({ size, open: () => endless });
  const response = await begin(url);
  await once(response, 'data');
  expect(books.onLoan).toBeLessThanOrEqual(1);
  response.destroy();
  await closed;
  expect(lent).toBeLessThan(size / 4);
  expect(books.onLoan).toBe(0);
  expect(failures).toEqual([]);
});

test('what comes for a client that has left goes back unsent', async () => {
  const books: Books = { opened: 0, closed: 0, onLoan: 0, events: new EventEmitter() };
  const late: EventEmitter = new EventEmitter();
  const bytes = spoilingBytes(content, books, content.length);
  const { url, failures, openConnections } = await serve({
    size: content.length,
    open: () => ({
      ...bytes,
      take: async (position, last) => {
        late.emit('asked');
        await once(late, 'here');
        return bytes.take(position, last);
      },
    }),
  });
  const asked = once(late, 'asked');
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await asked;
  socket.destroy();
  await vi.waitFor(() => expect(openConnections()).toBe(0));
  const closed = once(books.events, 'close');
  late.emit('here');
  await closed;
  expect(books.onLoan).toBe(0);
  expect(failures).toEqual([]);
});

test('an object shorter than promised breaks this transfer, and only this one', async () => {
  const { url, failures, books } = await serveBytes(content, { size: content.length + 5 });
  const closed = once(books.events, 'close');
  await expect(ask(url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await closed;
  expect(failures.map(String)).toEqual(['Error: There is no byte 1000003.']);
  expect((await ask(url, { headers: { range: 'bytes=0-9' } })).status).toBe(206);
});

test('when the first bytes cannot be had the answer is a clear 500: nothing was promised yet', async () => {
  const take = () => Promise.reject(new Error('/secret/path'));
  const { url } = await serve({ size: 9, open: () => ({ take, close: () => undefined }) });
  for (const range of ['bytes=0-4', 'bytes=0-0,200-201']) {
    const { status, headers, body } = await ask(url, { headers: { range } });
    expect(status).toBe(500);
    expect(headers['cache-control']).toBe('no-store');
    expect(body.toString()).not.toContain('secret');
  }
});
