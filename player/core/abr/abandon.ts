/**
 * Decides whether a segment that is on its way should be given up for a smaller one: only when it will arrive after
 * the buffer has run dry, and the smaller one will be there clearly sooner.
 */

export interface TransferView {
  /** Bytes of the body so far, and in all. */
  readonly received: number;
  readonly total: number;
  /** Seconds since the first byte. */
  readonly elapsed: number;
  /** Seconds of media ahead of the playhead now, at playback rate 1. */
  readonly buffer: number;
  /** Seconds from a request to its first byte. */
  readonly latency: number;
  /** Bytes of the same segment in the lower representations, ascending; empty for the lowest. */
  readonly lowerSizes: readonly number[];
}

export interface AbandonConfig {
  /** Seconds of transfer before its rate is believed. Default 0.5. */
  readonly patience: number;
  /** Seconds of stall that are not worth throwing bytes away for. Default 0.25. */
  readonly tolerableStall: number;
  /** The replacement must take less than this part of what the rest would take. Default 0.6. */
  readonly gain: number;
}

export const DEFAULT_ABANDON_CONFIG: AbandonConfig = {
  patience: 0.5,
  tolerableStall: 0.25,
  gain: 0.6,
};

/** Position in `lowerSizes` of the replacement: the best that still arrives in time, else the smallest; undefined means go on. */
export function chooseReplacement(
  view: TransferView,
  config: AbandonConfig = DEFAULT_ABANDON_CONFIG,
): number | undefined {
  if (view.lowerSizes.length === 0 || view.elapsed < config.patience || view.received === 0) return undefined;
  const rate = view.received / view.elapsed;
  const left = (view.total - view.received) / rate;
  if (left <= view.buffer + config.tolerableStall) return undefined;
  const seconds = view.lowerSizes.map((size) => view.latency + size / rate);
  const inTime = seconds.findLastIndex((time) => time <= view.buffer);
  const best = Math.max(0, inTime);
  return (seconds[best] ?? left) < left * config.gain ? best : undefined;
}
