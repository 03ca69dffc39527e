/** Ends work that has stopped giving signs of life: a tool can hang on a damaged file for ever. */

export interface StallWatchOptions {
  readonly signal: AbortSignal;
  /** Milliseconds without a sign of life after which it counts as hanging. */
  readonly longestSilenceMs: number;
  /** The error for work that hangs. */
  readonly onStall: () => Error;
}

/**
 * `work` is given a signal to heed, and a function to call whenever it gets on.
 * @throws what `onStall` gives; else what `work` throws.
 */
export async function watchForStall<T>(
  work: (signal: AbortSignal, isAlive: () => void) => Promise<T>,
  { signal, longestSilenceMs, onStall }: StallWatchOptions,
): Promise<T> {
  const stall = new AbortController();
  const begin = (): NodeJS.Timeout => setTimeout(() => stall.abort(onStall()), longestSilenceMs);
  let timer = begin();
  const isAlive = (): void => {
    clearTimeout(timer);
    timer = begin();
  };
  try {
    return await work(AbortSignal.any([signal, stall.signal]), isAlive);
  } finally {
    clearTimeout(timer);
  }
}
