/** The cache's laws: exact bytes, one read for all, never above its budget, and nobody's leaving harms another. */
import { truncate, utimes, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { type BlockCache, createBlockCache } from './block-cache.ts';
import { createOpenFiles, type StoredFile } from './open-files.ts';
import { PAGE_SIZE } from './page-pool.ts';
import { makeFile } from './test-files.ts';

const MIB = 1024 * 1024;

function createCache(budget: number, mostIdleFiles = 8): BlockCache & { readonly openCount: () => number } {
  const files = createOpenFiles(mostIdleFiles);
  onTestFinished(() => files.close());
  return { ...createBlockCache({ budget, files }), openCount: () => files.count };
}

/** Takes and gives back, piece by piece, as a connection does. */
async function readAll(cache: BlockCache, file: StoredFile, first: number, last: number): Promise<Buffer> {
  const bytes = cache.open(file);
  const pieces: Buffer[] = [];
  try {
    for (let position = first; position <= last; ) {
      const taken = await bytes.take(position, last);
      expect(taken.length).toBe(taken.chunks.reduce((sum, { length }) => sum + length, 0));
      pieces.push(Buffer.concat(taken.chunks));
      position += taken.length;
      taken.release();
    }
  } finally {
    bytes.close();
  }
  return Buffer.concat(pieces);
}

test('every range is the slice of the file, whatever is in memory, and memory stays within the budget', async () => {
  const files = await Promise.all([5 * MIB + 77, 3 * MIB, 100_000, 1].map(makeFile));
  const ask = fc.record({
    file: fc.constantFrom(...files),
    first: fc.nat({ max: 5 * MIB }),
    length: fc.oneof(fc.integer({ min: 1, max: 3 * MIB }), fc.integer({ min: 1, max: 1000 })),
  });
  const budget = fc.constantFrom(0, PAGE_SIZE, MIB, 2 * MIB + 5 * PAGE_SIZE, 64 * MIB);
  await fc.assert(
    fc.asyncProperty(budget, fc.array(ask, { maxLength: 12 }), async (budget, asks) => {
      const cache = createCache(budget, 1);
      const compare = async ({ file, first, length }: (typeof asks)[number]) => {
        const start = first % file.bytes;
        const last = Math.min(start + length, file.bytes) - 1;
        const bytes = await readAll(cache, file, start, last);
        if (!bytes.equals(file.content.subarray(start, last + 1))) throw new Error('These are other bytes.');
        expect(cache.counts().residentBytes).toBeLessThanOrEqual(budget);
      };
      await Promise.all(asks.map(compare));
      for (const one of asks) await compare(one);
    }),
    { numRuns: 60 },
  );
});

test('however many ask for a block at once, each part of it is read once', async () => {
  const file = await makeFile(2 * MIB + 10);
  const cache = createCache(8 * MIB);
  const all = await Promise.all(Array.from({ length: 50 }, () => readAll(cache, file, 0, file.bytes - 1)));
  expect(all.every((bytes) => bytes.equals(file.content))).toBe(true);
  const starts = file.reads.map((read) => Number(read.split('-')[0]));
  expect(starts.sort((a, b) => a - b)).toEqual(Array.from({ length: 9 }, (_, i) => i * 256 * 1024));
  expect(file.opened()).toBe(1);
  const { hitBytes, missBytes } = cache.counts();
  expect(hitBytes + missBytes).toBe(50 * file.bytes);
});

test('the wanted part is read first, and does not wait for the rest of its block', async () => {
  const file = await makeFile(MIB);
  const cache = createCache(8 * MIB);
  const bytes = cache.open(file);
  const taken = await bytes.take(700_000, 700_099);
  expect(Buffer.concat(taken.chunks).equals(file.content.subarray(700_000, 700_100))).toBe(true);
  expect(file.reads[0]).toBe(`${512 * 1024}-${768 * 1024 - 1}`);
  taken.release();
  bytes.close();
});

test('whoever had a block read may leave: the others get it, and it stays', async () => {
  const file = await makeFile(MIB);
  const cache = createCache(8 * MIB, 0);
  let open: () => void = () => undefined;
  file.gate = new Promise((resolve) => {
    open = resolve;
  });
  const leader = cache.open(file);
  const first = leader.take(0, MIB - 1);
  const follower = readAll(cache, file, 0, MIB - 1);
  leader.close();
  open();
  (await first).release();
  expect((await follower).equals(file.content)).toBe(true);
  expect(file.reads).toHaveLength(4);
  expect((await readAll(cache, file, 0, 99)).length).toBe(100);
  expect([file.reads.length, cache.openCount()]).toEqual([4, 0]);
});

test('a read that fails is told to all who wait, and the next one reads anew', async () => {
  const file = await makeFile(MIB);
  const cache = createCache(8 * MIB);
  const fault = new Error('the disk is on fire');
  file.gate = Promise.reject(fault);
  file.gate.catch(() => undefined);
  const answers = await Promise.allSettled([
    readAll(cache, file, 0, 99),
    readAll(cache, file, 500_000, 500_099),
  ]);
  expect(answers).toEqual([
    { status: 'rejected', reason: fault },
    { status: 'rejected', reason: fault },
  ]);
  expect(cache.counts().residentBytes).toBe(0);
  file.gate = undefined;
  expect((await readAll(cache, file, 0, MIB - 1)).equals(file.content)).toBe(true);
});

test('a file that was written to or cut is an error for what must be read, not for what is in memory', async () => {
  const file = await makeFile(3 * MIB);
  const cache = createCache(8 * MIB);
  await readAll(cache, file, 0, MIB - 1);
  await writeFile(file.path, Buffer.alloc(file.bytes));
  await utimes(file.path, 1, 1);
  expect((await readAll(cache, file, 0, 99)).equals(file.content.subarray(0, 100))).toBe(true);
  await expect(readAll(cache, file, MIB, MIB + 99)).rejects.toThrow('has changed');
  await truncate(file.path, 10);
  await expect(readAll(cache, file, 2 * MIB, 2 * MIB + 99)).rejects.toThrow(/has changed|ends at byte/);
  expect((await readAll(cache, file, 0, 99)).equals(file.content.subarray(0, 100))).toBe(true);
});

test('an answer under way keeps its file although another takes the name', async () => {
  const file = await makeFile(4 * MIB);
  const cache = createCache(MIB);
  const bytes = cache.open(file);
  const first = await bytes.take(0, file.bytes - 1);
  first.release();
  file.open = () => Promise.reject(new Error('It is another file now.'));
  for (let position = first.length; position < file.bytes; ) {
    const taken = await bytes.take(position, file.bytes - 1);
    const expected = file.content.subarray(position, position + taken.length);
    expect(Buffer.concat(taken.chunks).equals(expected)).toBe(true);
    position += taken.length;
    taken.release();
  }
  bytes.close();
});

test('what is being sent is not overwritten; clients that hold much are given small copies instead', async () => {
  const file = await makeFile(12 * MIB);
  const cache = createCache(4 * MIB);
  const loans = await Promise.all(
    Array.from({ length: 12 }, async (_, i) => {
      const bytes = cache.open(file);
      const taken = await bytes.take(i * MIB, (i + 1) * MIB - 1);
      bytes.close();
      return { position: i * MIB, taken };
    }),
  );
  expect(loans.filter(({ taken }) => taken.length > 32 * 1024)).toHaveLength(2);
  expect((await readAll(cache, file, 0, file.bytes - 1)).equals(file.content)).toBe(true);
  for (const { position, taken } of loans) {
    expect(Buffer.concat(taken.chunks).equals(file.content.subarray(position, position + taken.length))).toBe(
      true,
    );
    taken.release();
  }
  expect(cache.counts().residentBytes).toBeLessThanOrEqual(4 * MIB);
});

test('one pass over a long film leaves in memory what many watch', async () => {
  const [popular, long] = await Promise.all([makeFile(4 * MIB), makeFile(40 * MIB)]);
  const cache = createCache(10 * MIB);
  for (let i = 0; i < 4; i++) await readAll(cache, popular, 0, popular.bytes - 1);
  await readAll(cache, long, 0, long.bytes - 1);
  popular.reads.length = 0;
  await readAll(cache, popular, 0, popular.bytes - 1);
  expect(popular.reads).toEqual([]);
});
