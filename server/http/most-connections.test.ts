/** Connections that the system's limit on open files has room for. */
import { expect, test } from 'vitest';
import { mostConnections, parseOpenFileLimit } from './most-connections.ts';

test('the limit of the system, less what other files need', () => {
  expect(mostConnections(16_384, 1_048_576)).toBe(16_384);
  expect(mostConnections(16_384, 4096)).toBe(3584);
  expect(mostConnections(16_384, Number.POSITIVE_INFINITY)).toBe(16_384);
});

test('even where there is no room there is some', () => {
  expect(mostConnections(16_384, 256)).toBe(16);
});

test("the kernel's table is read", () => {
  const line = 'Max open files            20000                30000                files     ';
  expect(parseOpenFileLimit(`Limit  Soft Limit\nMax processes  5  5  processes\n${line}\n`)).toBe(20_000);
  expect(
    parseOpenFileLimit('Max open files            unlimited            unlimited            files'),
  ).toBe(Number.POSITIVE_INFINITY);
});
