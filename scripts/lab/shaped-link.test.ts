/**
 * The link over real sockets. This machine may be busy with other things, and then everything comes later, never
 * earlier: what must not be too fast is asserted to the byte, what must not be too slow with room to spare.
 */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { BUCKET_SECONDS } from './bottleneck.ts';
import { bytesBetween } from './delivery-log.ts';
import { createShapedLink, type ShapedLink, type ShapedLinkOptions } from './shaped-link.ts';
import { download, openTestServer, request, type TestServer } from './test-transfers.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

test('a constant rate is kept: never faster, and not much slower', async () => {
  const { link } = await open({ rate: 4_000_000 });
  const { seconds } = await download(`${link.url}/1000000`);
  expect(seconds).toBeGreaterThan(2 - BUCKET_SECONDS - 0.001);
  expect(seconds).toBeLessThan(2.5);
});

test('steps are kept, each within its own time', async () => {
  const { link } = await open({
    rate: [
      { duration: 0.6, rate: 2_000_000 },
      { duration: 0.6, rate: 8_000_000 },
      { duration: Number.POSITIVE_INFINITY, rate: 1_000_000 },
    ],
  });
  await download(`${link.url}/800000`);
  const { slots } = link.stats();
  const first = bytesBetween(slots, 0, 0.6);
  const both = bytesBetween(slots, 0, 1.2);
  expect(first).toBeLessThan(150_000 * 1.03);
  expect(both).toBeLessThan(750_000 * 1.03);
  expect(both - first).toBeGreaterThan(400_000);
});

test('a round trip takes twice the delay, and opening a connection takes one more', async () => {
  const { link } = await open({ rate: 50_000_000, delayMs: 40 });
  const fresh = await fastest(5, () => download(`${link.url}/100`));
  expect(fresh).toBeGreaterThan(0.159);
  expect(fresh).toBeLessThan(0.2);

  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closing.push(() => agent.destroy());
  await download(`${link.url}/100`, agent);
  const reused = await fastest(5, () => download(`${link.url}/100`, agent));
  expect(reused).toBeGreaterThan(0.079);
  expect(reused).toBeLessThan(0.12);
});

test('not a byte is altered, lost or doubled', async () => {
  const body = randomBytes(3_000_001);
  const { link } = await open({ rate: 80_000_000, delayMs: 3, queueBytes: 10_000 }, body);
  const { sha256 } = await download(`${link.url}/3000001`);
  expect(sha256).toBe(createHash('sha256').update(body).digest('hex'));
});

test('back-pressure reaches the server: a slow link does not swallow the whole file', async () => {
  const { link, server } = await open({ rate: 2_000_000 });
  const response = await request(`${link.url}/100000000`);
  let received = 0;
  for await (const chunk of response) {
    received += chunk.length;
    if (received > 100_000) break;
  }
  expect(link.stats().queued).toBeLessThanOrEqual((64 + 2 * 64) * 1024);
  expect(server.accepted() - received).toBeLessThan(KERNEL_BUFFERS);
});

test('two connections share the link fairly', async () => {
  const { link } = await open({ rate: 6_000_000 });
  const [a, b] = await Promise.all([download(`${link.url}/300000`), download(`${link.url}/300000`)]);
  expect(Math.min(a.seconds, b.seconds)).toBeGreaterThan(0.8 * Math.max(a.seconds, b.seconds));
  expect(Math.max(a.seconds, b.seconds)).toBeGreaterThan(0.8 - 2 * BUCKET_SECONDS);
});

test('an aborted transfer frees the link at once, and its server connection with it', async () => {
  const { link, server } = await open({ rate: 4_000_000 });
  const response = await request(`${link.url}/100000000`);
  await once(response, 'data');
  const [upstream] = server.sockets;
  const freed = new Promise((done) => upstream?.once('close', done));
  response.destroy();
  await freed;
  expect(link.stats()).toMatchObject({ queued: 0, connections: 0 });
  const { seconds } = await download(`${link.url}/300000`);
  expect(seconds).toBeLessThan(1);
});

test('in an outage nothing arrives, and afterwards the transfer goes on', async () => {
  const { link } = await open({
    rate: [
      { duration: 0.3, rate: 4_000_000 },
      { duration: 0.6, rate: 0 },
      { duration: Number.POSITIVE_INFINITY, rate: 4_000_000 },
    ],
  });
  const { bytes } = await download(`${link.url}/300000`);
  expect(bytes).toBe(300_000);
  const { slots } = link.stats();
  expect(bytesBetween(slots, 0.3 + ONE_SLOT, 0.9)).toBe(0);
  expect(bytesBetween(slots, 0, 0.3 + ONE_SLOT)).toBeLessThan(150_000 * 1.03);
});

test('cut resets what is open; refuse turns away what comes, until it is taken back', async () => {
  const { link } = await open({ rate: 1_000_000 });
  const response = await request(`${link.url}/1000000`);
  const reset = once(response, 'error');
  link.cut();
  expect(String(await reset)).toContain('aborted');
  link.refuse(true);
  await expect(download(`${link.url}/10`)).rejects.toThrow(/ECONNRESET|hang up/);
  link.refuse(false);
  expect((await download(`${link.url}/10`)).bytes).toBe(10);
});

test('a server that is not there resets the viewer', async () => {
  const { server, link } = await open({ rate: 1_000_000 });
  await server.close();
  await expect(download(`${link.url}/10`)).rejects.toThrow(/ECONNRESET|hang up/);
  expect(link.stats().connections).toBe(0);
});

test('a server that closes after its answer is heard to the end', async () => {
  const { link } = await open({ rate: 1_000_000, delayMs: 5 });
  const socket = connect(link.port, '127.0.0.1');
  socket.write('GET /20000 HTTP/1.0\r\n\r\n');
  let bytes = 0;
  for await (const chunk of socket) bytes += chunk.length;
  expect(bytes).toBeGreaterThan(20_000);
});

test('closed by its signal it leaves no connection and no listener', async () => {
  const abort = new AbortController();
  const { link } = await open({ rate: 1_000_000, signal: abort.signal });
  const response = await request(`${link.url}/1000000`);
  const reset = once(response, 'error');
  abort.abort();
  await reset;
  await link.close();
  expect(link.stats().connections).toBe(0);
  await expect(download(`${link.url}/10`)).rejects.toThrow('ECONNREFUSED');
});

/** Slots are told apart by their beginning, and a delivery may fall into the one in which the outage begins. */
const ONE_SLOT = 0.1;

/** What the kernel may hold for server and link; a tenth of the file, and not ours to choose. */
const KERNEL_BUFFERS = 10_000_000;

interface Lab {
  readonly link: ShapedLink;
  readonly server: TestServer;
}

/** A server of `body` (or of zeros) behind a link. */
async function open(options: Omit<ShapedLinkOptions, 'to'>, body?: Buffer): Promise<Lab> {
  const server = await openTestServer(body);
  closing.push(server.close);
  const link = await createShapedLink({ ...options, to: { host: '127.0.0.1', port: server.port } });
  closing.push(link.close);
  return { link, server };
}

async function fastest(times: number, run: () => Promise<{ seconds: number }>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) best = Math.min(best, (await run()).seconds);
  return best;
}
