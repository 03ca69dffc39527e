/** When npm has something to do. */
import { expect, test } from 'vitest';
import { isSatisfied, npmCommand } from './npm-packages.mjs';

const LOCK = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/b': { version: '2.0.0', integrity: 'sha512-b' },
  'node_modules/for-macos': { version: '1.0.0', integrity: 'sha512-m', optional: true },
};

const { '': _root, 'node_modules/for-macos': _optional, ...INSTALLED } = LOCK;

test('the packages of the lock file are enough; those made for other systems may be missing or there', () => {
  expect(isSatisfied(LOCK, INSTALLED)).toBe(true);
  const { '': _, ...everything } = LOCK;
  expect(isSatisfied(LOCK, everything)).toBe(true);
});

test('another version, other content, a missing and a superfluous package are each not', () => {
  expect(
    isSatisfied(LOCK, { ...INSTALLED, 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }),
  ).toBe(false);
  expect(
    isSatisfied(LOCK, { ...INSTALLED, 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }),
  ).toBe(false);
  expect(isSatisfied(LOCK, { 'node_modules/a': INSTALLED['node_modules/a'] })).toBe(false);
  expect(isSatisfied(LOCK, { ...INSTALLED, 'node_modules/c': { version: '1.0.0' } })).toBe(false);
  expect(isSatisfied(LOCK, {})).toBe(false);
});

test('the npm that started us is used again, another package manager is not', () => {
  expect(npmCommand('/lib/npm/bin/npm-cli.js')).toEqual([process.execPath, '/lib/npm/bin/npm-cli.js']);
  expect(npmCommand('/lib/pnpm/bin/pnpm.cjs')).toEqual(['npm']);
  expect(npmCommand('')).toEqual(['npm']);
});
