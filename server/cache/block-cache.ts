/**
 * Files in memory: blocks under a budget of bytes. However many ask for a block at once, it is read from disk once; answers
 * are sent from its pages without a copy; and no connection, however slow, makes it exceed its budget.
 */
import type { FileHandle } from 'node:fs/promises';
import type { CacheCounts } from '../http/cache-metrics.ts';
import { lend, type StoredBytes, type TakenBytes } from '../http/stored-bytes.ts';
import { type Block, partAt, readyLength } from './block.ts';
import { type BlockStore, COPY_SIZE, createBlockStore } from './block-store.ts';
import { loadBlock } from './load-block.ts';
import type { HeldFile, OpenFiles, StoredFile } from './open-files.ts';
import { readFully } from './read-fully.ts';

export interface BlockCache {
  /** One answer's way to the bytes of a file: of the same one to its end, whatever takes its name meanwhile. */
  open(file: StoredFile): StoredBytes;
  counts(): CacheCounts;
}

interface Cache {
  readonly store: BlockStore;
  readonly files: OpenFiles;
  hitBytes: number;
  missBytes: number;
}

/** One answer on its way through a file. */
interface Reading {
  readonly cache: Cache;
  readonly file: StoredFile;
  held: HeldFile | undefined;
  /** What is asked for now. */
  position: number;
  last: number;
  isTaking: boolean;
  isClosed: boolean;
  /** The block that was used last, or read for this answer: it counts as used once, and not by whoever had it read. */
  current: Block | undefined;
}

/**
 * `budget` in bytes: for content; what describes it comes on top, less than a thousandth. Below are plain functions over a
 * plain state, since most of this runs for every request, where a closure more is felt.
 */
export function createBlockCache({ budget, files }: { budget: number; files: OpenFiles }): BlockCache {
  const cache: Cache = { store: createBlockStore(budget), files, hitBytes: 0, missBytes: 0 };
  return {
    open(file) {
      const reading: Reading = {
        cache,
        file,
        held: undefined,
        position: 0,
        last: 0,
        isTaking: false,
        isClosed: false,
        current: undefined,
      };
      return {
        take: (position, last) => {
          reading.position = position;
          reading.last = last;
          return take(reading);
        },
        close: () => {
          reading.isClosed = true;
          if (!reading.isTaking) letGo(reading);
        },
      };
    },
    counts: () => ({
      hitBytes: cache.hitBytes,
      missBytes: cache.missBytes,
      residentBytes: cache.store.residentBytes,
    }),
  };
}

function take(reading: Reading): TakenBytes | Promise<TakenBytes> {
  const { cache, file, position, last } = reading;
  const block = cache.store.find(file, position);
  const length = block ? Math.min(readyLength(block, position), last - position + 1) : 0;
  // An answer that needs more than this holds the file, so that the rest will come from the same one.
  if (!block || length === 0 || (!reading.held && position + length <= last)) return takeHolding(reading);
  cache.hitBytes += length;
  use(reading, block);
  return cache.store.take(block, position, length);
}

async function takeHolding(reading: Reading): Promise<TakenBytes> {
  reading.isTaking = true;
  try {
    reading.held ??= await reading.cache.files.hold(reading.file);
    return await takeOrWait(reading, reading.held);
  } finally {
    reading.isTaking = false;
    if (reading.isClosed) letGo(reading);
  }
}

async function takeOrWait(reading: Reading, { handle }: HeldFile): Promise<TakenBytes> {
  const { cache, file, position } = reading;
  const block = cache.store.find(file, position);
  if (block && readyLength(block, position) > 0) return take(reading);
  const loading = block?.waiters ? block : startLoading(reading);
  const taken = await (loading ? waitFor(loading, reading) : readAside(handle, reading));
  cache.missBytes += taken.length;
  return taken;
}

/** `undefined` when there is no memory for it. */
function startLoading(reading: Reading): Block | undefined {
  const { file, position } = reading;
  const { store, files } = reading.cache;
  const block = store.allot(file, position);
  if (!block) return undefined;
  reading.current = block;
  void loadBlock(block, { file, files, position, onFailed: store.drop });
  return block;
}

function waitFor(block: Block, reading: Reading): Promise<TakenBytes> {
  const { cache, position, last } = reading;
  use(reading, block);
  return new Promise((resolve, reject) => {
    block.waiters?.push({
      part: partAt(block, position),
      wake: () => {
        const length = Math.min(readyLength(block, position), last - position + 1);
        resolve(cache.store.take(block, position, length));
      },
      fail: reject,
    });
  });
}

async function readAside(handle: FileHandle, { file, position, last }: Reading): Promise<TakenBytes> {
  const copy = Buffer.allocUnsafe(Math.min(COPY_SIZE, last - position + 1));
  const reading = readFully(handle, { buffers: [copy], position, name: file.name });
  await Promise.all([file.check(handle), reading]);
  return lend(copy);
}

function use(reading: Reading, block: Block): void {
  if (block !== reading.current) reading.cache.store.use(block);
  reading.current = block;
}

function letGo(reading: Reading): void {
  reading.held?.release();
  reading.held = undefined;
}
