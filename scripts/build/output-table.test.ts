// The table of a build lines up, whatever the names and sizes.
import { expect, test } from 'vitest';
import { formatTable } from './output-table.ts';

test('names stand left, sizes right, each under its heading', () => {
  const outputs = [
    { file: 'weir.js', bytes: 52_755, gzipBytes: 19_631 },
    { file: 'site/index.html', bytes: 99, gzipBytes: 9 },
  ];
  expect(formatTable(outputs).split('\n')).toEqual([
    '                 bytes   gzip',
    'weir.js          52755  19631',
    'site/index.html     99      9',
  ]);
});

test('an empty build is a heading alone', () => {
  expect(formatTable([])).toBe('  bytes  gzip');
});
