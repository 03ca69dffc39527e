/** Hands on what is put into it after a fixed delay and in order: the length of the wire. */

export interface DelayLine<T> {
  /** `notBefore` is a moment in milliseconds on the line's clock before which the item has not begun its way. */
  push(item: T, notBefore?: number): void;
  /** Drops everything on its way; nothing is delivered any more. Idempotent. */
  close(): void;
}

export interface DelayLineOptions<T> {
  readonly delayMs: number;
  readonly deliver: (item: T) => void;
  /** Milliseconds on a monotonic clock. */
  readonly now: () => number;
}

/** One timer, for the item at the head: it runs only while something is on its way. */
export function createDelayLine<T>({ delayMs, deliver, now }: DelayLineOptions<T>): DelayLine<T> {
  let onItsWay: { readonly item: T; readonly due: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const wait = (): void => {
    const head = onItsWay[0];
    timer = head && setTimeout(deliverDue, Math.max(0, head.due - now()));
  };

  const deliverDue = (): void => {
    timer = undefined;
    const time = now();
    const later = onItsWay.findIndex(({ due }) => due > time + TIMER_GRAIN_MS);
    const due = later === -1 ? onItsWay : onItsWay.slice(0, later);
    onItsWay = later === -1 ? [] : onItsWay.slice(later);
    for (const { item } of due) if (!closed) deliver(item);
    if (!closed) wait();
  };

  return {
    push(item, notBefore = 0) {
      if (closed) return;
      onItsWay.push({ item, due: Math.max(now(), notBefore) + delayMs });
      if (timer === undefined) wait();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      onItsWay = [];
    },
  };
}

/** Timers fire on whole milliseconds: an item that is due within the same one is not made to wait for the next. */
const TIMER_GRAIN_MS = 0.5;
