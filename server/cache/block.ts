/** A block: up to 1 MiB of a file in pages of memory, read from disk in parts, of which each can be used as soon as it is there. */
import { PAGE_SIZE, type Run } from './page-pool.ts';
import type { Ranked } from './s3-fifo.ts';

export const BLOCK_SIZE = 1024 * 1024;

/** Measured: half the processor time of 64 KiB reads; larger ones gain nothing and delay the first byte. */
export const PART_SIZE = 256 * 1024;

export interface Block extends Ranked<Block> {
  readonly file: BlockedFile;
  /** Of its first byte in the file. */
  readonly position: number;
  /** Bytes of the file in it: BLOCK_SIZE, but for the last one. */
  readonly size: number;
  /** Where its content is, in order; empty while it is not here. */
  runs: readonly Run[];
  /** Whether the part has been read, by its place in the block. */
  ready: boolean[];
  /** Answers that are being sent from its pages now. */
  holders: number;
  /** Those who need a part that is not here yet; a list exactly while the block is being read. */
  waiters: Waiter[] | undefined;
}

/** What a block must know of its file. */
export interface BlockedFile {
  /** The same for two files only if they have the same content. */
  readonly identity: string;
  readonly bytes: number;
}

export interface Waiter {
  /** Place of the wanted part in the block. */
  readonly part: number;
  /** Called as soon as the part is here: what it takes, it takes before anything else can happen to the block. */
  wake(): void;
  fail(reason: unknown): void;
}

/** The block with the byte at `within` of the file, without its content. */
export function createBlock(file: BlockedFile, within: number): Block {
  const position = within - (within % BLOCK_SIZE);
  return {
    file,
    position,
    size: Math.min(BLOCK_SIZE, file.bytes - position),
    runs: [],
    ready: [],
    holders: 0,
    waiters: undefined,
    queue: undefined,
    uses: 0,
    older: undefined,
    newer: undefined,
  };
}

export function pagesNeeded({ size }: Block): number {
  return Math.ceil(size / PAGE_SIZE);
}

/** The place of the part with the byte at `position` of the file. */
export function partAt(block: Block, position: number): number {
  return Math.floor((position - block.position) / PART_SIZE);
}

/** A part that is missing: one that somebody waits for, if there is one; `undefined` when all are here. */
export function nextMissingPart({ size, ready, waiters = [] }: Block): number | undefined {
  const [first] = waiters;
  if (first) return first.part;
  for (let part = 0; part * PART_SIZE < size; part++) if (!ready[part]) return part;
  return undefined;
}

/** How many bytes from `position` of the file on are here without a gap: 0 when its part is not. */
export function readyLength(block: Block, position: number): number {
  const first = partAt(block, position);
  let part = first;
  while (block.ready[part]) part += 1;
  if (part === first) return 0;
  return Math.min(block.size, part * PART_SIZE) - (position - block.position);
}

/** The memory of `length` bytes from `position` of the file on, all of which must lie in the block: no byte is copied. */
export function sliceBlock(
  { position: blockPosition, runs }: Block,
  position: number,
  length: number,
): Buffer[] {
  const slices: Buffer[] = [];
  const start = position - blockPosition;
  let runStart = 0;
  for (const { bytes } of runs) {
    const from = Math.max(0, start - runStart);
    const to = Math.min(bytes.length, start + length - runStart);
    if (from < to) slices.push(bytes.subarray(from, to));
    runStart += bytes.length;
  }
  return slices;
}
