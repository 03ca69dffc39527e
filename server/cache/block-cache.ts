/**
 * Files in memory: blocks under a budget of bytes. However many ask for a block at once, it is read from disk once; answers
 * are sent from its pages without a copy; and no connection, however slow, makes it exceed its budget.
 */
import { lend, type StoredBytes, type TakenBytes } from '../http/stored-bytes.ts';
import { type Block, partAt, readyLength } from './block.ts';
import { COPY_SIZE, createBlockStore } from './block-store.ts';
import { loadBlock } from './load-block.ts';
import type { HeldFile, OpenFiles, StoredFile } from './open-files.ts';
import { readFully } from './read-fully.ts';

export interface CacheCounts {
  /** Bytes given out that were in memory already, and those that had to be waited for. */
  readonly hitBytes: number;
  readonly missBytes: number;
  /** Memory with content now. */
  readonly residentBytes: number;
}

export interface BlockCache {
  /** One answer's way to the bytes of a file: of the same one to its end, whatever takes its name meanwhile. */
  open(file: StoredFile): StoredBytes;
  counts(): CacheCounts;
}

/** `budget` in bytes: for content; what describes it comes on top, less than a thousandth. */
export function createBlockCache({ budget, files }: { budget: number; files: OpenFiles }): BlockCache {
  const store = createBlockStore(budget);
  let hitBytes = 0;
  let missBytes = 0;

  function open(file: StoredFile): StoredBytes {
    let held: HeldFile | undefined;
    let isTaking = false;
    let isClosed = false;
    /** The block that this answer used last or had read: it counts as used once, and not by whoever had it read. */
    let current: Block | undefined;

    function use(block: Block): void {
      if (block !== current) store.use(block);
      current = block;
    }

    function take(position: number, last: number): TakenBytes | Promise<TakenBytes> {
      const block = store.find(file, position);
      const length = block ? Math.min(readyLength(block, position), last - position + 1) : 0;
      // An answer that needs more than this holds the file, so that the rest will come from the same one.
      if (!block || length === 0 || (!held && position + length <= last)) return takeHolding(position, last);
      hitBytes += length;
      use(block);
      return store.take(block, position, length);
    }

    async function takeHolding(position: number, last: number): Promise<TakenBytes> {
      isTaking = true;
      try {
        held ??= await files.hold(file);
        return await takeOrWait(held, position, last);
      } finally {
        isTaking = false;
        if (isClosed) letGo();
      }
    }

    async function takeOrWait(from: HeldFile, position: number, last: number): Promise<TakenBytes> {
      const block = store.find(file, position);
      if (block && readyLength(block, position) > 0) return take(position, last);
      const loading = block?.waiters ? block : startLoading(position);
      const taken = await (loading ? wait(loading, position, last) : readAside(from, position, last));
      missBytes += taken.length;
      return taken;
    }

    /** `undefined` when there is no memory for it. */
    function startLoading(position: number): Block | undefined {
      const block = store.allot(file, position);
      if (!block) return undefined;
      current = block;
      void loadBlock(block, { file, files, position, onFailed: store.drop });
      return block;
    }

    function wait(block: Block, position: number, last: number): Promise<TakenBytes> {
      use(block);
      return new Promise((resolve, reject) => {
        const wake = () => {
          const length = Math.min(readyLength(block, position), last - position + 1);
          resolve(store.take(block, position, length));
        };
        block.waiters?.push({ part: partAt(block, position), wake, fail: reject });
      });
    }

    async function readAside({ handle }: HeldFile, position: number, last: number): Promise<TakenBytes> {
      const copy = Buffer.allocUnsafe(Math.min(COPY_SIZE, last - position + 1));
      const reading = readFully(handle, { buffers: [copy], position, name: file.name });
      await Promise.all([file.check(handle), reading]);
      return lend(copy);
    }

    function letGo(): void {
      held?.release();
      held = undefined;
    }

    return {
      take,
      close: () => {
        isClosed = true;
        if (!isTaking) letGo();
      },
    };
  }

  return { open, counts: () => ({ hitBytes, missBytes, residentBytes: store.residentBytes }) };
}
