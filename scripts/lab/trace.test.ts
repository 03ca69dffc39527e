import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCapacity } from './capacity.ts';
import { rateFromTrace, readTrace } from './trace.ts';

test('a trace becomes a schedule in seconds and bits per second, repeated for ever', () => {
  const text =
    '{"name":"tunnel","latencyMs":80,"samples":[{"durationMs":500,"kbps":800},{"durationMs":1500,"kbps":0}]}';
  const trace = readTrace(text, 'tunnel.json');
  expect(trace).toMatchObject({ name: 'tunnel', latencyMs: 80 });
  const { bytesBy } = createCapacity(rateFromTrace(trace));
  expect([0.5, 2, 2.5, 10].map((time) => bytesBy(time))).toEqual([50_000, 50_000, 100_000, 250_000]);
});

test.each([
  ['', 'x.json is no bandwidth trace: it is not JSON.'],
  ['null', 'x.json is no bandwidth trace: it has no list of "samples".'],
  ['{"samples":[]}', 'x.json is no bandwidth trace: it has no list of "samples".'],
  [
    '{"samples":[{"durationMs":1,"kbps":1},{"durationMs":0,"kbps":1}]}',
    'Sample 2 of x.json needs a "durationMs" above 0.',
  ],
  ['{"samples":[{"durationMs":1,"kbps":-1}]}', 'Sample 1 of x.json needs a "kbps" from 0 up.'],
  ['{"samples":[7]}', 'Sample 1 of x.json needs a "durationMs" above 0.'],
])('what is no trace is refused in one sentence: %s', (text, message) => {
  expect(() => readTrace(text, 'x.json')).toThrow(message);
});

const traces = '../shared/traces';

test.skipIf(!existsSync(traces))('every public trace at hand can be read and carries something', () => {
  const files = readdirSync(traces, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const trace = readTrace(readFileSync(join(traces, file), 'utf8'), file);
    expect(createCapacity(rateFromTrace(trace)).bytesBy(600), file).toBeGreaterThan(0);
  }
});
