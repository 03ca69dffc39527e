/** Ctrl-C and SIGTERM: the first asks to stop, the second stops at once. */
import { constants } from 'node:os';

/** `onFirst` is called before the returned signal aborts, for the name of the signal as its reason. */
export function stopOnSignals(onFirst: () => void): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(128 + constants.signals[name]);
      onFirst();
      stop.abort(name);
    });
  }
  return stop.signal;
}
