/** Does several jobs at once, and no more than that many. */

/**
 * Resolves when `run` has been fulfilled for all items; they are begun in their order. The first failure aborts the others,
 * waits until they have ended, and is thrown.
 */
export async function runJobs<T>(
  items: readonly T[],
  run: (item: T, signal: AbortSignal) => Promise<void>,
  { parallel, signal }: { parallel: number; signal: AbortSignal },
): Promise<void> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const waiting = items.values();
  const work = async (): Promise<void> => {
    for (const item of waiting) {
      either.throwIfAborted();
      await run(item, either);
    }
  };
  const workers = Array.from({ length: Math.max(1, parallel) }, () =>
    work().catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  const ends = await Promise.allSettled(workers);
  signal.throwIfAborted();
  if (stop.signal.aborted && ends.some((end) => end.status === 'rejected')) throw stop.signal.reason;
}
