/** Reads one block from disk, part by part, and wakes whoever waits for a part as soon as it is there. */
import { type Block, nextMissingPart, PART_SIZE, partAt, sliceBlock } from './block.ts';
import type { OpenFiles, StoredFile } from './open-files.ts';
import { readFully } from './read-fully.ts';

export interface BlockLoad {
  readonly file: StoredFile;
  readonly files: OpenFiles;
  /** Of the file: its part is read first. */
  readonly position: number;
  /** Called before those who wait are told. */
  readonly onFailed: (block: Block) => void;
}

/**
 * The block must have its memory. The load goes on when those who wait for it leave, and holds the file itself. What goes
 * wrong reaches all who wait: the promise never rejects.
 */
export async function loadBlock(block: Block, load: BlockLoad): Promise<void> {
  block.waiters = [];
  try {
    await readParts(block, load);
    block.waiters = undefined;
  } catch (error) {
    const { waiters = [] } = block;
    block.waiters = undefined;
    load.onFailed(block);
    for (const waiter of waiters) waiter.fail(error);
  }
}

async function readParts(block: Block, { file, files, position }: BlockLoad): Promise<void> {
  const { handle, release } = await files.hold(file);
  try {
    const checked = file.check(handle);
    checked.catch(() => undefined);
    for (let part: number | undefined = partAt(block, position); part !== undefined; ) {
      const start = block.position + part * PART_SIZE;
      const buffers = sliceBlock(block, start, Math.min(PART_SIZE, block.position + block.size - start));
      // One after the other: as long as a read runs, its memory must not become another block's.
      await readFully(handle, { buffers, position: start, name: file.name });
      await checked;
      finishPart(block, part);
      part = nextMissingPart(block);
    }
  } finally {
    release();
  }
}

function finishPart(block: Block, part: number): void {
  block.ready[part] = true;
  const { waiters = [] } = block;
  block.waiters = waiters.filter((waiter) => waiter.part !== part);
  for (const waiter of waiters) if (waiter.part === part) waiter.wake();
}
