/**
 * The memory of a cache: pages of one size, cut from large pieces as they are needed and used again and again. What it holds
 * is known to the byte, which it would not be if freed memory had to wait for the garbage collector.
 */

/** Small enough that a short file wastes little, large enough that a megabyte is sent in a few pieces. */
export const PAGE_SIZE = 64 * 1024;

export interface PagePool {
  /** Pages it may have in all. */
  readonly capacity: number;
  /** Pages taken and not given back. */
  readonly used: number;
  /** `undefined` when all are in use. Its content is whatever was there before. */
  take(): Buffer | undefined;
  give(page: Buffer): void;
}

/** Cut at once: a system call for each page would cost more, and one for all of them would take memory nobody needs yet. */
const PIECE_PAGES = 64;

/** `budget` in bytes; what is left of it below a whole page is not used. */
export function createPagePool(budget: number): PagePool {
  const capacity = Math.floor(budget / PAGE_SIZE);
  const free: Buffer[] = [];
  let made = 0;
  let used = 0;

  function makePages(): void {
    const count = Math.min(PIECE_PAGES, capacity - made);
    const piece = Buffer.allocUnsafeSlow(count * PAGE_SIZE);
    made += count;
    // The last one is taken first: pages are used in the order in which they lie in memory.
    for (let i = count - 1; i >= 0; i--) free.push(piece.subarray(i * PAGE_SIZE, (i + 1) * PAGE_SIZE));
  }

  return {
    capacity,
    get used() {
      return used;
    },
    take() {
      if (free.length === 0 && made < capacity) makePages();
      const page = free.pop();
      if (page) used += 1;
      return page;
    },
    give(page) {
      free.push(page);
      used -= 1;
    },
  };
}
