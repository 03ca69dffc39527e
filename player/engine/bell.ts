/** Lets one loop sleep until something happens, time passes, or it is aborted. */

export interface Bell {
  ring(): void;
  /** Resolves at the next ring or after `seconds`; rejects with the signal's reason. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  let wakeUp: (() => void) | undefined;
  return {
    ring: () => wakeUp?.(),
    wait: (seconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const end = (settle: () => void) => () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          wakeUp = undefined;
          settle();
        };
        const onAbort = end(() => reject(signal.reason));
        wakeUp = end(resolve);
        const timer = setTimeout(wakeUp, seconds * 1000);
        signal.addEventListener('abort', onAbort);
      }),
  };
}
