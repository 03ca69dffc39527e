/** The flags of `npm run token`: what they mean, and every fault at once. */
import { expect, test } from 'vitest';
import { readTokenFlags, TOKEN_HELP, TokenUsageError } from './token-flags.ts';

const NOW = Date.parse('2030-01-01T00:00:00.500Z') / 1000;
const NEW_YEAR = Date.parse('2030-01-01T00:00:00Z') / 1000;
const environment = { WEIR_TOKEN_KEYS: '/keys' };

const read = (...words: string[]) => readTokenFlags(words, environment, NOW);

test.each([
  ['90s', 90],
  ['30m', 1800],
  ['2h', 7200],
  ['7d', 604_800],
  ['2030-01-01T01:00:00Z', 3600],
  ['2030-01-01T02:00+01:00', 3600],
])('%s is %i seconds from now', (when, seconds) => {
  expect(read('--title', 'film', '--expires', when)).toEqual({
    kind: 'sign',
    title: 'film',
    expires: NEW_YEAR + seconds,
    keys: '/keys',
    base: 'http://127.0.0.1:8080/',
  });
});

test('an address of the server is one with or without its final slash', () => {
  const baseOf = (base: string) => read('--title', 'a', '--expires', '1h', '--base', base);
  expect(baseOf('https://weir.example')).toMatchObject({ base: 'https://weir.example/' });
  expect(baseOf('https://weir.example/films')).toMatchObject({ base: 'https://weir.example/films/' });
});

test('a new key needs nothing else; help wins over everything', () => {
  expect(read('--make-key', 'a')).toEqual({ kind: 'make-key', id: 'a' });
  expect(read('--help', '--title')).toBeUndefined();
  for (const name of ['--title', '--expires', '--keys', '--base', '--make-key'])
    expect(TOKEN_HELP).toContain(name);
});

test('all faults are told at once', () => {
  expect(() => readTokenFlags(['--title', 'A', '--base', 'ftp://x', '--key', 'y', 'z'], {}, NOW)).toThrow(
    new TokenUsageError(
      [
        'There is no option --key.',
        '"y" belongs to no option.',
        '"z" belongs to no option.',
        '--title needs the id of a title, not "A".',
        '--expires needs a time to come, as 2h, 7d or 2030-01-31T20:00:00Z.',
        '--keys needs a file.',
        '--base needs an http address, not "ftp://x".',
      ].join('\n'),
    ),
  );
});

test.each(['0s', '2', '2w', '-1h', '2029-12-31T23:59:59Z', 'tomorrow', '2030-02-31', '2030-13-01T00:00:00Z'])(
  '"%s" is no time to come',
  (when) => {
    expect(() => read('--title', 'film', `--expires=${when}`)).toThrow('--expires needs a time to come');
  },
);
