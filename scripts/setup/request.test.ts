/** How the command line of set-up is read. */
import { expect, test } from 'vitest';
import { readRequest } from './request.mjs';

test('what follows the script belongs to it, even what looks like ours', () => {
  const words = [
    '--with-browser',
    '--run',
    'scripts/a.ts',
    '--port',
    '9',
    '--with-browser',
    '--',
    '--run',
    'x',
  ];
  expect(readRequest(words)).toEqual({
    ffmpeg: true,
    browser: true,
    script: 'scripts/a.ts',
    arguments: ['--port', '9', '--with-browser', '--', '--run', 'x'],
  });
});

test('ffmpeg is needed unless one says otherwise, a browser only when one says so', () => {
  expect(readRequest([])).toEqual({ ffmpeg: true, browser: false, script: undefined, arguments: [] });
  expect(readRequest(['--without-ffmpeg'])).toMatchObject({ ffmpeg: false, browser: false });
});

test.each(['--help', '-h'])('asking a script for %s needs no tool', (word) => {
  expect(readRequest(['--with-browser', '--run', 'a.ts', word])).toMatchObject({
    ffmpeg: false,
    browser: false,
  });
});

test('an unknown option and a missing script are refused', () => {
  expect(() => readRequest(['--with-brower'])).toThrow('--with-brower');
  expect(() => readRequest(['--run'])).toThrow('wants a script');
});
