/** A piece of work that can be given up by itself, and dies with its parent. */

export interface Scope {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
  /** The work is done: lets go of the parent. */
  close(): void;
}

export function openScope(parent: AbortSignal): Scope {
  const controller = new AbortController();
  const forward = () => controller.abort(parent.reason);
  if (parent.aborted) forward();
  parent.addEventListener('abort', forward);
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    close: () => parent.removeEventListener('abort', forward),
  };
}

/** `promise`, or the signal's reason as soon as it aborts: for work that others share and that must not be cancelled. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
