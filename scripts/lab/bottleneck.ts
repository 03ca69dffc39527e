/**
 * The one narrow place of a link, in virtual time: how many bytes of each connection pass by when.
 *
 * A token bucket filled by a `Capacity`. While something waits it spends exactly what the link can carry, however late
 * it is asked; while nothing waits it saves no more than a bucket, as a link cannot be used afterwards.
 */
import type { Capacity } from './capacity.ts';

export interface BottleneckState {
  /** Seconds; the moment of the last service. */
  readonly at: number;
  /** Bytes that may pass at once; a fraction when a byte is on its way. */
  readonly credit: number;
  /** Whether something was left waiting at the last service. */
  readonly busy: boolean;
}

export interface Service {
  readonly state: BottleneckState;
  /** Bytes of each connection that pass now, in the order of the backlogs. */
  readonly grants: readonly number[];
}

/** Bytes; one Ethernet frame's worth. Less than this passes only when less than this waits. */
export const PACKET = 1500;

/** Seconds of capacity that an idle link may spend at once: covers the moment in which a drained queue is refilled. */
export const BUCKET_SECONDS = 0.005;

export function idleBottleneck(at: number): BottleneckState {
  return { at, credit: 0, busy: false };
}

/** Bytes that a link may save while idle at `now`. */
export function bucketAt(now: number, capacity: Capacity): number {
  return Math.max(PACKET, capacity.bytesBy(now) - capacity.bytesBy(Math.max(0, now - BUCKET_SECONDS)));
}

/** What passes at `now`, given the bytes that wait in each connection. */
export function serve(
  state: BottleneckState,
  { now, capacity, backlogs }: { now: number; capacity: Capacity; backlogs: readonly number[] },
): Service {
  const earned = capacity.bytesBy(now) - capacity.bytesBy(state.at);
  const saved = state.credit + earned;
  const credit = state.busy ? saved : Math.min(bucketAt(now, capacity), saved);
  const waiting = total(backlogs);
  if (credit < Math.min(PACKET, waiting)) {
    return { state: { at: now, credit, busy: waiting > 0 }, grants: backlogs.map(() => 0) };
  }
  const grants = share(Math.floor(credit), backlogs);
  const busy = total(grants) < waiting;
  return { state: { at: now, credit: credit - total(grants), busy }, grants };
}

/** The earliest moment at which `serve` lets something pass; Infinity when nothing waits or nothing ever passes. */
export function nextServiceAt(state: BottleneckState, capacity: Capacity, waiting: number): number {
  if (waiting === 0) return Number.POSITIVE_INFINITY;
  const missing = Math.min(PACKET, waiting) - state.credit;
  if (missing <= 0) return state.at;
  return Math.max(state.at, capacity.timeOf(capacity.bytesBy(state.at) + missing));
}

/**
 * Divides whole `bytes` among backlogs, max-min fair: nobody gets more than it has waiting, nobody with something
 * waiting gets less than another that is not yet satisfied, but for one byte; nothing is kept while something waits.
 */
export function share(bytes: number, backlogs: readonly number[]): number[] {
  const grants = backlogs.map(() => 0);
  const waiting = backlogs.map((backlog, i) => ({ backlog, i })).filter(({ backlog }) => backlog > 0);
  waiting.sort((a, b) => a.backlog - b.backlog);
  let left = bytes;
  for (const [position, { backlog, i }] of waiting.entries()) {
    const grant = Math.min(backlog, Math.floor(left / (waiting.length - position)));
    grants[i] = grant;
    left -= grant;
  }
  return grants;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
