/**
 * The memory of a cache: pages of one size, cut from large slabs as they are needed and used again and again. What it holds is
 * known to the byte, which it would not be if freed memory had to wait for the garbage collector.
 */

/** Small enough that a short file wastes little. */
export const PAGE_SIZE = 64 * 1024;

/** Pages that lie side by side, as one piece of memory. */
export interface Run {
  readonly bytes: Buffer;
  /** Number of its first page. */
  readonly first: number;
}

export interface PagePool {
  /** Pages that are taken and not given back. */
  readonly used: number;
  readonly capacity: number;
  /** So many pages in as few runs as there are; `undefined` when there are not enough. Their content is whatever was there. */
  take(count: number): Run[] | undefined;
  give(runs: readonly Run[]): void;
}

/** A system call for each page would cost too much, and one for all would take memory that nobody needs yet. */
const SLAB_PAGES = 64;

/** `budget` in bytes; what is left of it below a whole page is not used. */
export function createPagePool(budget: number): PagePool {
  const capacity = Math.floor(budget / PAGE_SIZE);
  const slabs: Buffer[] = [];
  /** Numbers of pages, the next one last: those of a file that leaves are taken together by the next, and lie together. */
  const free: number[] = [];
  let made = 0;
  let used = 0;

  function makePages(): void {
    const count = Math.min(SLAB_PAGES, capacity - made);
    slabs.push(Buffer.allocUnsafeSlow(count * PAGE_SIZE));
    for (let page = made + count - 1; page >= made; page--) free.push(page);
    made += count;
  }

  function take(count: number): Run[] | undefined {
    while (free.length < count && made < capacity) makePages();
    if (free.length < count) return undefined;
    used += count;
    const pages = free.splice(free.length - count).sort((a, b) => a - b);
    const runs: Run[] = [];
    for (let start = 0; start < count; ) {
      const length = lengthOfRun(pages, start);
      runs.push(runOf(pages[start] ?? 0, length));
      start += length;
    }
    return runs;
  }

  function runOf(first: number, count: number): Run {
    const offset = (first % SLAB_PAGES) * PAGE_SIZE;
    const slab = slabs[Math.floor(first / SLAB_PAGES)];
    if (!slab) throw new RangeError(`There is no page ${first}.`);
    return { first, bytes: slab.subarray(offset, offset + count * PAGE_SIZE) };
  }

  return {
    capacity,
    get used() {
      return used;
    },
    take,
    give(runs) {
      for (const { first, bytes } of runs) {
        const count = bytes.length / PAGE_SIZE;
        for (let page = first + count - 1; page >= first; page--) free.push(page);
        used -= count;
      }
    },
  };
}

/** How many of the sorted pages from `start` on lie side by side in one slab. */
function lengthOfRun(pages: readonly number[], start: number): number {
  const first = pages[start] ?? 0;
  let length = 1;
  while (pages[start + length] === first + length && (first + length) % SLAB_PAGES !== 0) length += 1;
  return length;
}
