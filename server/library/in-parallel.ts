/** Does the same to many things, some at once: enough to keep the disk busy, far below any limit on open files. */

const AT_ONCE = 16;

/** Resolves when all are done; rejects with the first failure, and begins nothing more then. */
export async function inParallel<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items].values();
  let hasFailed = false;
  const workThrough = async () => {
    for (const item of queue) {
      if (hasFailed) return;
      await work(item).catch((error: unknown) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workThrough));
}
