/**
 * How much a link can carry over time: rates in steps, summed up once, so that any moment is answered at once.
 * All times are seconds since the schedule began.
 */

export interface RateStep {
  /** Infinity for a last step that never ends. */
  readonly duration: number;
  /** 0 means that nothing passes. */
  readonly rate: number;
}

/** Steps one after another; after the last one it begins again. */
export type RateSchedule = readonly RateStep[];

/** The cumulative curve of a schedule, and its inverse. Both never fall. */
export interface Capacity {
  /** Bytes that the link can have carried by `time`; a fraction when a byte is on its way. */
  bytesBy(time: number): number;
  /** The earliest time by which `bytes` can have been carried; Infinity when that never comes. */
  timeOf(bytes: number): number;
}

/** A rate as a number lasts for ever. */
export function scheduleOf(rate: number | RateSchedule): RateSchedule {
  return typeof rate === 'number' ? [{ duration: Number.POSITIVE_INFINITY, rate }] : rate;
}

/** @throws RangeError for an empty schedule, a duration that is not positive, or a rate that is negative or not finite. */
export function createCapacity(schedule: RateSchedule): Capacity {
  check(schedule);
  const count = schedule.length;
  const starts = sums(schedule.map((step) => step.duration));
  const totals = sums(schedule.map(bytesOf));
  const cycle = starts[count] ?? 0;
  const cycleBytes = totals[count] ?? 0;
  const at = (values: readonly number[], i: number): number => values[i] ?? 0;

  return {
    bytesBy(time) {
      const cycles = Number.isFinite(cycle) ? Math.floor(time / cycle) : 0;
      const rest = cycles === 0 ? time : time - cycles * cycle;
      const i = lastWhere(count, (position) => at(starts, position) <= rest);
      const within = at(totals, i) + ((rest - at(starts, i)) * (schedule[i]?.rate ?? 0)) / 8;
      return cycles === 0 ? within : cycles * cycleBytes + within;
    },
    timeOf(bytes) {
      if (bytes <= 0) return 0;
      if (cycleBytes === 0) return Number.POSITIVE_INFINITY;
      const cycles = Math.max(0, Math.ceil(bytes / cycleBytes) - 1);
      const rest = cycles === 0 ? bytes : Math.min(cycleBytes, bytes - cycles * cycleBytes);
      const i = lastWhere(count, (position) => at(totals, position) < rest);
      const within = at(starts, i) + ((rest - at(totals, i)) * 8) / (schedule[i]?.rate ?? 0);
      return cycles === 0 ? within : cycles * cycle + within;
    },
  };
}

function check(schedule: RateSchedule): void {
  if (schedule.length === 0) throw new RangeError('A rate schedule needs at least one step.');
  for (const [i, { duration, rate }] of schedule.entries()) {
    if (!(duration > 0)) {
      throw new RangeError(`Step ${i + 1} of the rate schedule lasts ${duration} s; it must be more than 0.`);
    }
    if (!(rate >= 0 && Number.isFinite(rate))) {
      throw new RangeError(
        `Step ${i + 1} of the rate schedule has ${rate} bit/s; it must be a number from 0 up.`,
      );
    }
  }
}

/** Written so that an endless step at rate 0 carries 0 bytes. */
function bytesOf({ duration, rate }: RateStep): number {
  return rate === 0 ? 0 : (duration * rate) / 8;
}

/** `[0, a, a + b, …]`: one longer than `values`. */
function sums(values: readonly number[]): number[] {
  const all = [0];
  for (const value of values) all.push((all.at(-1) ?? 0) + value);
  return all;
}

/** The last of `count` positions at which `holds`, which is true for a first run of them: bisection; 0 when none is. */
function lastWhere(count: number, holds: (position: number) => boolean): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
