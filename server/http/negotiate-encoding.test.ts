/** Accept-Encoding: which coding is chosen, RFC 9110 §12.5.3. */
import { expect, test } from 'vitest';
import { chooseEncoding } from './negotiate-encoding.ts';

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP', 'gzip'],
  ['x-gzip', 'gzip'],
  ['__proto__, constructor', 'identity'],
  ['identity;q=0', 'identity'],
  ['identity;q=0, *', 'br'],
  ['*;q=0.5, br;q=0', 'gzip'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['gzip ; q=0.5 , br ; q=0.5', 'br'],
  ['br;q=0, *', 'gzip'],
  ['*', 'br'],
  ['*;q=0', 'identity'],
  ['identity, gzip;q=0.5', 'identity'],
  ['br;q=0.001', 'br'],
  ['br;q=0', 'identity'],
  ['br;q=2', 'identity'],
  ['br;q=junk, gzip', 'gzip'],
  ['deflate', 'identity'],
  [',,;;=,', 'identity'],
])('%s → %s', (header, expected) => {
  expect(chooseEncoding(header, new Set(['br', 'gzip']))).toBe(expected);
});

test('what is not stored is not chosen', () => {
  const header = 'br, gzip;q=0.5, identity;q=0.1';
  expect(chooseEncoding(header, new Set(['gzip']))).toBe('gzip');
  expect(chooseEncoding(header, new Set())).toBe('identity');
  expect(chooseEncoding('identity;q=0, *;q=0', new Set(['gzip']))).toBe('identity');
});
