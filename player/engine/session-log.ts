/** The log of one session: a bounded ring of events, and whoever listens. The engine reports here and nowhere else. */
import type { Report, SessionEvent } from '../core/session/event.ts';

export interface SessionLog {
  report(report: Report): void;
  /** Calls `listener` for every later event; returns the function that stops it. */
  subscribe(listener: (event: SessionEvent) => void): () => void;
  /** The last events, oldest first. */
  events(): SessionEvent[];
  /** Seconds since the session began. */
  now(): number;
}

/** Hours of playback; about 100 bytes each. */
const CAPACITY = 20_000;

/** `clock` gives seconds on a monotonic clock. */
export function createSessionLog(clock: () => number, capacity = CAPACITY): SessionLog {
  const began = clock();
  const listeners = new Set<(event: SessionEvent) => void>();
  const ring: SessionEvent[] = [];
  let next = 0;
  const now = () => clock() - began;
  return {
    now,
    report(report) {
      const event: SessionEvent = { ...report, at: Math.round(now() * 1e4) / 1e4 };
      ring[next % capacity] = event;
      next += 1;
      for (const listener of listeners) {
        try {
          listener(event);
        } catch (error) {
          // A fault of the page is the page's: playback goes on.
          reportError(error);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    events: () =>
      next <= capacity ? [...ring] : [...ring.slice(next % capacity), ...ring.slice(0, next % capacity)],
  };
}
