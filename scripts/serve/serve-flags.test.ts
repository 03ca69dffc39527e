/** The flags of `npm start`: what they mean, what stands in for them, and every fault at once. */
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { defaultCacheMemory } from '../../server/cache/default-cache-memory.ts';
import { ServeError } from './serve-error.ts';
import { readServeFlags, SERVE_HELP } from './serve-flags.ts';

const defaults = {
  port: 8080,
  host: '127.0.0.1',
  library: 'media/library',
  log: 'info',
  notice: 3,
  workers: availableParallelism(),
  cacheMemory: defaultCacheMemory(),
};

test('nothing given means the defaults, also when variables are empty', () => {
  expect(readServeFlags([], {})).toEqual(defaults);
  expect(readServeFlags([], { PORT: '', HOST: '', WEIR_LIBRARY: '' })).toEqual(defaults);
});

test('the environment stands in for flags, and flags win', () => {
  const environment = { PORT: '81', HOST: '0.0.0.0', WEIR_LIBRARY: '/films' };
  expect(readServeFlags([], environment)).toEqual({
    ...defaults,
    port: 81,
    host: '0.0.0.0',
    library: '/films',
  });
  const words = ['--port', '0', '--host=::1', '--library', 'x', '--log', 'requests'];
  expect(readServeFlags(words, environment)).toEqual({ ...defaults, port: 0, host: '::1', library: 'x' });
});

test('the line for each request can be switched off; what is quieter stays so', () => {
  expect(readServeFlags(['--no-access-log'], {})).toMatchObject({ log: 'warn' });
  expect(readServeFlags(['--no-access-log', '--log', 'nothing'], {})).toMatchObject({ log: 'silent' });
});

test('keys of tokens come from the flag, or the environment, or not at all', () => {
  const environment = { WEIR_TOKEN_KEYS: '/keys' };
  expect(readServeFlags([], environment)).toMatchObject({ tokenKeys: '/keys' });
  expect(readServeFlags(['--token-keys', 'mine'], environment)).toMatchObject({ tokenKeys: 'mine' });
  expect(readServeFlags([], { WEIR_TOKEN_KEYS: '' })).not.toHaveProperty('tokenKeys');
  expect(() => readServeFlags(['--token-keys='], {})).toThrow('--token-keys needs a file.');
});

test('an IPv6 address may wear the brackets it has in URLs', () => {
  expect(readServeFlags(['--host', '[::1]'], {})).toMatchObject({ host: '::1' });
});

test('help wins over everything and names the options', () => {
  expect(readServeFlags(['--port', 'x', '--help'], {})).toBeUndefined();
  for (const option of [
    '--port',
    '--host',
    '--library',
    '--token-keys',
    '--log',
    '--no-access-log',
    '--notice',
    '--workers',
    '--cache-memory',
    '--help',
  ])
    expect(SERVE_HELP).toContain(option);
});

test('all faults are told at once, each with where it is and what is wanted', () => {
  expect(() =>
    readServeFlags(['--port', '70000', '--prot', '-x', 'film.mp4', '--log', 'all'], { HOST: 'a b' }),
  ).toThrow(
    new ServeError(
      [
        'There is no option --prot.',
        'There is no option -x.',
        '"film.mp4" belongs to no option.',
        '--port needs a whole number from 0 to 65535, not "70000".',
        'The environment variable HOST needs an address or a host name, not "a b".',
        '--log needs one of requests, problems, nothing, not "all".',
      ].join('\n'),
    ),
  );
});

test.each(['', '-1', '1.5', '1e3', ' 80', '0x50', '99999'])('"%s" is no port', (text) => {
  expect(() => readServeFlags([`--port=${text}`], {})).toThrow('--port needs a whole number');
});

test('a flag without its value is said so', () => {
  expect(() => readServeFlags(['--library'], {})).toThrow(new ServeError('--library needs a folder.'));
});

test.each([
  ['0', 0],
  ['65536', 65_536],
  ['64K', 65_536],
  ['512m', 512 * 1024 ** 2],
  ['2G', 2 * 1024 ** 3],
  ['2GiB', 2 * 1024 ** 3],
])('%s of memory are %d bytes', (text, bytes) => {
  expect(readServeFlags(['--cache-memory', text], {})).toMatchObject({ cacheMemory: bytes });
});

test.each(['-1', '1.5G', 'G', '2T', 'much', '9'.repeat(16)])('"%s" is no amount of memory', (text) => {
  expect(() => readServeFlags([`--cache-memory=${text}`], {})).toThrow('--cache-memory needs a size');
});

test.each(['0', '-1', '1.5', '1025', 'all'])('"%s" workers cannot be', (text) => {
  expect(() => readServeFlags([`--workers=${text}`], {})).toThrow('--workers needs a whole number from 1');
});
