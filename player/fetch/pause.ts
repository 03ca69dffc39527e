/** Waiting in a browser: by time, until the network is back, until aborted. */

/** Resolves after `seconds`, or at once when the browser reports that it is online again. Rejects with the signal's reason. */
export function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const end = (settle: () => void) => () => {
      clearTimeout(timer);
      removeEventListener('online', onOnline);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onOnline = end(resolve);
    const onAbort = end(() => reject(signal.reason));
    const timer = setTimeout(end(resolve), seconds * 1000);
    addEventListener('online', onOnline);
    signal.addEventListener('abort', onAbort);
  });
}
