/** Which files count as ours, and which names say nothing. */
import { expect, test } from 'vitest';
import { findEmptyNames, listSourceFiles, ROOMS } from './source-files.ts';

test('every room is listed, this file among them, and nothing that a tool made', () => {
  const files = listSourceFiles();
  expect(files).toContain('scripts/check/source-files.test.ts');
  expect(files).toContain('scripts/setup.mjs');
  for (const room of ROOMS) expect(files.some((path) => path.startsWith(`${room}/`))).toBe(true);
  expect(files.filter((path) => /node_modules|player\/dist|e2e\/results/.test(path))).toEqual([]);
});

test.each([
  'player/utils.ts',
  'player/core/index.ts',
  'server/http/helpers.test.ts',
  'server/common/range.ts',
  'scripts/string-utils.ts',
  'player/core/types.d.ts',
  'server/cache-manager.ts',
  'e2e/helpers.e2e.ts',
  'scripts/helper.mjs',
])('%s says nothing', (path) => {
  expect(findEmptyNames([path])).toEqual([path]);
});

test.each([
  'player/core/dash/index-search.ts',
  'player/vite.config.ts',
  'player/core/platform.d.ts',
  'scripts/check/types-gate.ts',
  'e2e/watch.e2e.ts',
])('%s says something', (path) => {
  expect(findEmptyNames([path])).toEqual([]);
});
