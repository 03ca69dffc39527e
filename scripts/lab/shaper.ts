/** The bottleneck in real time: serves the flows of a link when the pure scheduler says so, with one timer. */
import { idleBottleneck, nextServiceAt, serve } from './bottleneck.ts';
import { createCapacity, type RateSchedule, scheduleOf } from './capacity.ts';

export interface Flow {
  /** Bytes that could pass now. */
  backlog(): number;
  /** Lets `bytes` of the backlog pass; 0 is possible. */
  grant(bytes: number): void;
}

export interface Shaper {
  /** Serves at once what may pass, and plans the next service. To be called when a backlog has grown. */
  pump(): void;
  /** From now on: a schedule begins with its first step. @throws RangeError for a rate that cannot be. */
  setRate(rate: number | RateSchedule): void;
  close(): void;
}

export interface ShaperOptions {
  /** Bits per second, now or over time. */
  readonly rate: number | RateSchedule;
  readonly flows: () => readonly Flow[];
  /** Seconds on a monotonic clock. */
  readonly now: () => number;
}

/** Between two looks at a busy bottleneck: finer than a viewer's own timers, coarse enough to cost little. */
const TICK_MS = 5;

/** The longest that a timer can wait; a link that waits longer looks again in between. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** @throws RangeError for a rate that cannot be. */
export function createShaper({ rate, flows, now }: ShaperOptions): Shaper {
  let capacity = createCapacity(scheduleOf(rate));
  let began = now();
  let state = idleBottleneck(0);
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const plan = (): void => {
    clearTimeout(timer);
    const waiting = flows().reduce((sum, flow) => sum + flow.backlog(), 0);
    const inMs = (nextServiceAt(state, capacity, waiting) + began - now()) * 1000;
    if (Number.isFinite(inMs)) timer = setTimeout(pump, Math.min(MAX_TIMER_MS, Math.max(TICK_MS, inMs)));
  };

  const pump = (): void => {
    if (closed) return;
    const waiting = flows();
    const backlogs = waiting.map((flow) => flow.backlog());
    const service = serve(state, { now: now() - began, capacity, backlogs });
    state = service.state;
    waiting.forEach((flow, i) => {
      flow.grant(service.grants[i] ?? 0);
    });
    plan();
  };

  return {
    pump,
    setRate(next) {
      const nextCapacity = createCapacity(scheduleOf(next));
      pump();
      capacity = nextCapacity;
      began = now();
      state = { ...state, at: 0 };
      pump();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
