/** The blocks that are in memory, and those remembered for having been there: found by file and position, under a budget. */
import { lend, type TakenBytes } from '../http/stored-bytes.ts';
import { BLOCK_SIZE, type Block, type BlockedFile, createBlock, pagesNeeded, sliceBlock } from './block.ts';
import { createPagePool, PAGE_SIZE, type Run } from './page-pool.ts';
import { createS3Fifo } from './s3-fifo.ts';

export interface BlockStore {
  /** The block with that byte of the file, perhaps without content. */
  find(file: BlockedFile, position: number): Block | undefined;
  /** The same with pages, to be read into; others leave for it. `undefined` when all of them are in use. */
  allot(file: BlockedFile, position: number): Block | undefined;
  /** Forgets it and its content: for a block that could not be read. */
  drop(block: Block): void;
  /** Counts for its staying: once for each answer that uses it, except the one for which it was read. */
  use(block: Block): void;
  /** From `position` of the file on, up to `length` bytes, all of which must be ready. */
  take(block: Block, position: number, length: number): TakenBytes;
  /** Memory with content now. */
  readonly residentBytes: number;
}

/**
 * While answers hold more than this share of the pages, further ones get copies: otherwise enough slow clients could hold all
 * of the cache, each a block that nobody else wants.
 */
const MOST_HELD_SHARE = 0.5;

/** Small, since there may be one for every connection. */
export const COPY_SIZE = 32 * 1024;

/** `budget` in bytes. */
export function createBlockStore(budget: number): BlockStore {
  const pool = createPagePool(budget);
  const known = new Map<string, Map<number, Block>>();
  const policy = createS3Fifo<Block>({
    sizeOf: pagesNeeded,
    isHeld: ({ holders, waiters }) => holders > 0 || waiters !== undefined,
    onForgotten: forget,
  });
  let heldPages = 0;

  function find({ identity }: BlockedFile, position: number): Block | undefined {
    return known.get(identity)?.get(Math.floor(position / BLOCK_SIZE));
  }

  function forget({ file, position }: Block): void {
    const blocks = known.get(file.identity);
    blocks?.delete(position / BLOCK_SIZE);
    if (blocks?.size === 0) known.delete(file.identity);
  }

  function allot(file: BlockedFile, position: number): Block | undefined {
    const block = find(file, position) ?? createBlock(file, position);
    const runs = takeMemory(pagesNeeded(block));
    if (!runs) return undefined;
    block.runs = runs;
    remember(block);
    policy.admit(block);
    return block;
  }

  function takeMemory(pages: number): Run[] | undefined {
    if (pages > pool.capacity) return undefined;
    let runs = pool.take(pages);
    while (!runs && evictOne()) runs = pool.take(pages);
    return runs;
  }

  function remember(block: Block): void {
    const { file, position } = block;
    const blocks = known.get(file.identity) ?? new Map<number, Block>();
    known.set(file.identity, blocks.set(position / BLOCK_SIZE, block));
  }

  function evictOne(): boolean {
    const victim = policy.evict();
    if (victim) clear(victim);
    return victim !== undefined;
  }

  function clear(block: Block): void {
    pool.give(block.runs);
    block.runs = [];
    block.ready = [];
  }

  /** Answers that are being sent from it end first. */
  function drop(block: Block): void {
    policy.remove(block);
    forget(block);
    if (block.holders === 0) clear(block);
  }

  function take(block: Block, position: number, length: number): TakenBytes {
    if (block.holders === 0 && heldPages + pagesNeeded(block) > MOST_HELD_SHARE * pool.capacity) {
      return lend(Buffer.concat(sliceBlock(block, position, Math.min(length, COPY_SIZE))));
    }
    if (block.holders === 0) heldPages += pagesNeeded(block);
    block.holders += 1;
    return { chunks: sliceBlock(block, position, length), length, release: () => release(block) };
  }

  function release(block: Block): void {
    block.holders -= 1;
    if (block.holders > 0) return;
    heldPages -= pagesNeeded(block);
    if (!block.queue) clear(block);
  }

  return {
    find,
    allot,
    drop,
    use: policy.use,
    take,
    get residentBytes() {
      return pool.used * PAGE_SIZE;
    },
  };
}
