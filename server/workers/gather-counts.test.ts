/** Counts of several processes: summed, never falling, and not waited for without end. */
import { Counter, Gauge, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createCountsGatherer } from './gather-counts.ts';
import type { Counts } from './messages.ts';

async function counts(requests: number, started: number): Promise<Counts> {
  const registers = [new Registry()];
  new Counter({ name: 'requests', help: 'r', labelNames: ['kind'], registers }).inc(
    { kind: 'media' },
    requests,
  );
  new Gauge({ name: 'open', help: 'o', registers }).set(requests);
  new Gauge({ name: 'started', help: 's', registers, aggregator: 'min' }).set(started);
  return registers[0]?.getMetricsAsJSON() ?? [];
}

/** A gatherer whose workers answer at once with what they have counted. */
function createGatherer(
  workers: Map<string, Counts>,
  silent: ReadonlySet<string> = new Set(),
  patienceMs = 20,
) {
  const gatherer = createCountsGatherer<string>({
    patienceMs,
    askAll: (question) => {
      const asked = [...workers.keys()];
      queueMicrotask(() => {
        for (const [name, some] of workers) if (!silent.has(name)) gatherer.receive(name, question, some);
      });
      return asked;
    },
  });
  return gatherer;
}

test('counts are added up, gauges too, but for those that say otherwise', async () => {
  const gatherer = createGatherer(
    new Map([
      ['a', await counts(3, 50)],
      ['b', await counts(4, 40)],
    ]),
  );
  const text = await gatherer.gather();
  for (const line of ['requests{kind="media"} 7', 'open 7', 'started 40'])
    expect(text).toContain(`${line}\n`);
});

test('what a worker had counted stays when it ends; what was open with it does not', async () => {
  const workers = new Map([
    ['a', await counts(3, 50)],
    ['b', await counts(4, 40)],
  ]);
  const gatherer = createGatherer(workers);
  await gatherer.gather();
  workers.delete('a');
  await gatherer.retire('a');
  workers.set('c', await counts(1, 60));
  workers.delete('b');
  await gatherer.retire('b');
  const text = await gatherer.gather();
  for (const line of ['requests{kind="media"} 8', 'open 1', 'started 60'])
    expect(text).toContain(`${line}\n`);
});

test('one that hangs is not waited for, and one that ends meanwhile neither', async () => {
  const workers = new Map([
    ['a', await counts(3, 50)],
    ['b', await counts(4, 40)],
  ]);
  expect(await createGatherer(workers, new Set(['b'])).gather()).toContain('requests{kind="media"} 3\n');
  const gatherer = createGatherer(workers, new Set(['b']), 600_000);
  const gathering = gatherer.gather();
  await gatherer.retire('b');
  expect(await gathering).toContain('requests{kind="media"} 3\n');
});

test('nobody to ask is no reason to wait', async () => {
  expect(await createGatherer(new Map()).gather()).toBe('\n');
});
