/** Host: given once and being one. */
import { expect, test } from 'vitest';
import { assertHost } from './assert-host.ts';

test.each([
  undefined,
  '',
  'weir.example',
  'weir.example:8080',
  'weir.example:',
  '127.0.0.1:80',
  '[::1]:8080',
  '[fe80::1]',
  'xn--bcher-kva.example',
  'a_b',
  'a%20b',
])('%s is a host', (host) => {
  expect(() => assertHost({ ...(host === undefined ? {} : { host }) })).not.toThrow();
});

test.each(['a, b', 'a b', 'a/b', 'a?b', 'user@a', 'a:b', '[::1', 'http://a', 'a%2', 'bücher.example', '<a>'])(
  '%s is none',
  (host) => {
    expect(() => assertHost({ host })).toThrow('The Host field');
  },
);
