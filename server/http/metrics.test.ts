/** Metrics: whole answers and broken ones are told apart. */
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { DEFAULT_HTTP_LIMITS, listen } from './http-server.ts';
import { createMetrics } from './metrics.ts';
import { ask, begin } from './test-client.ts';
import { watchAnswer } from './watch-answer.ts';

const cacheCounts = { hitBytes: 5, missBytes: 7, residentBytes: 9 };

test('counts answers by kind and status, their bytes, and those that broke', async () => {
  const metrics = createMetrics({ openConnections: () => 3, cache: () => cacheCounts });
  const closed: Promise<unknown>[] = [];
  const server = await listen(
    (request, response) => {
      watchAnswer(request, response, (outcome) => metrics.observe('media', outcome));
      closed.push(once(response, 'close'));
      if (request.url === '/large') response.end(Buffer.alloc(24 * 1024 * 1024));
      else response.writeHead(request.url === '/' ? 200 : 404).end('0123456789');
    },
    { host: '127.0.0.1', port: 0, limits: DEFAULT_HTTP_LIMITS },
  );
  onTestFinished(() => server.close());
  await ask(server.url);
  await ask(server.url);
  await ask(`${server.url}x`);
  (await begin(`${server.url}large`)).destroy();
  await Promise.all(closed);
  const text = await metrics.render();
  expect(text).toContain('weir_http_requests_total{kind="media",status="200"} 2\n');
  expect(text).toContain('weir_http_requests_total{kind="media",status="404"} 1\n');
  expect(text).toContain('weir_http_aborted_total{kind="media"} 1\n');
  expect(text).toContain('weir_http_open_connections 3\n');
  expect(Number(/weir_http_sent_bytes_total\{kind="media"\} (\d+)/.exec(text)?.[1])).toBeGreaterThan(30);
  expect(text).toContain('weir_cache_bytes_total{result="hit"} 5\nweir_cache_bytes_total{result="miss"} 7\n');
  expect(text).toContain('weir_cache_resident_bytes 9\n');
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
});

test('what players tell is summed by the kind of object', async () => {
  const metrics = createMetrics({ openConnections: () => 0, cache: () => cacheCounts });
  metrics.observeCmcd({ values: { ot: 'v', bs: true, mtp: 3000 }, isBroken: false });
  metrics.observeCmcd({ values: { ot: 'v', bs: false, mtp: 5000 }, isBroken: false });
  metrics.observeCmcd({ values: { bs: true }, isBroken: true });
  const text = await metrics.render();
  for (const line of [
    'weir_cmcd_requests_total{object_type="v"} 2',
    'weir_cmcd_requests_total{object_type="untold"} 1',
    'weir_cmcd_buffer_starvations_total{object_type="v"} 1',
    'weir_cmcd_buffer_starvations_total{object_type="untold"} 1',
    'weir_cmcd_throughput_bits_per_second_sum{object_type="v"} 8000000',
    'weir_cmcd_throughput_bits_per_second_bucket{le="4000000",object_type="v"} 1',
    'weir_cmcd_broken_total 1',
  ]) {
    expect(text).toContain(`${line}\n`);
  }
});
