/** A player that grew too big is seen, and so is one that is not there. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createSizeGate, SIZE_BUDGETS } from './size-gate.ts';

/** @param sizes bytes that gzip cannot make fewer, by file */
async function check(sizes: Readonly<Record<string, number>>) {
  const dist = await mkdtemp(join(tmpdir(), 'weir-dist-'));
  onTestFinished(() => rm(dist, { recursive: true, force: true }));
  for (const [file, size] of Object.entries(sizes)) await writeFile(join(dist, file), randomBytes(size));
  return createSizeGate(dist).check(new AbortController().signal);
}

test('files within their limits pass', async () => {
  expect(await check({ 'weir.js': 1000, 'weir-video.js': 1000 })).toEqual({ read: 2, faults: '' });
});

test.each(Object.entries(SIZE_BUDGETS))('%s beyond its limit is named', async (file, limit) => {
  const { faults } = await check({ 'weir.js': 1000, 'weir-video.js': 1000, [file]: limit + 1 });
  expect(faults).toMatch(new RegExp(`^${file} has \\d+ bytes after gzip, and ${limit} is its limit.$`));
});

test('a build without them is no pass', async () => {
  const { read, faults } = await check({ 'other.js': 10 });
  expect(read).toBe(0);
  expect(faults).toContain('weir.js is missing in the build.');
});
