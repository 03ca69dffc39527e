import { expect, test } from 'vitest';
import { parseRate, readLinkFlags } from './link-flags.ts';

test.each([
  ['1500000', 1_500_000],
  ['800k', 800_000],
  ['1.5M', 1_500_000],
  ['1G', 1e9],
  ['0', 0],
  ['', undefined],
  ['-1M', undefined],
  ['1.5m', undefined],
  ['M', undefined],
  ['1e6', undefined],
])('a rate of %j is %j bits per second', (text, rate) => {
  expect(parseRate(text)).toBe(rate);
});

test('a link at a rate', () => {
  const flags = readLinkFlags(['--rate', '1.5M', '--delay', '30', '--to', 'http://[::1]:8080/watch/x']);
  expect(flags).toEqual({
    to: { host: '::1', port: 8080 },
    rate: { bitsPerSecond: 1_500_000 },
    delayMs: 30,
    host: '127.0.0.1',
    port: 0,
  });
});

test('a link that follows a trace, whose delay the trace may tell', () => {
  const flags = readLinkFlags(['--trace', 'tram.json', '--to', 'http://example.org', '--port', '9000']);
  expect(flags).toEqual({
    to: { host: 'example.org', port: 80 },
    rate: { traceFile: 'tram.json' },
    host: '127.0.0.1',
    port: 9000,
  });
});

test('all faults are told at once', () => {
  expect(() => readLinkFlags(['--delay', 'long', '--port', '70000', '--to', 'https://example.org'])).toThrow(
    /^--to .*\nEither --rate .*\n--delay .*\n--port .*$/,
  );
  expect(() => readLinkFlags(['--rate', '1M', '--trace', 'x', '--to', 'http://h'])).toThrow('Either --rate');
  expect(() => readLinkFlags(['--speed', '1M'])).toThrow("'--speed'");
});
