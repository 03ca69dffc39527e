/**
 * Estimates the link's throughput: two exponential averages over the time that bytes were flowing, and the smaller
 * of the two. A drop is believed fast (the short average falls), a rise slowly (the long one follows).
 */

/** One stretch of time in which bytes arrived; concurrent requests are already merged into one. */
export interface ThroughputSample {
  readonly bytes: number;
  /** Seconds in which bytes were flowing; more than 0. */
  readonly seconds: number;
  /** Seconds without any flow right before: what the link did meanwhile is best told by this sample. */
  readonly idle: number;
  /** The transfer was shorter than the link's latency: its rate says little about the link. */
  readonly short: boolean;
}

interface Average {
  /** Weighted sum, still biased towards 0 while `weight` is small. */
  readonly value: number;
  /** Seconds of samples seen. */
  readonly weight: number;
}

export interface ThroughputState {
  readonly fast: Average;
  readonly slow: Average;
  /** Seconds of samples that were not short. */
  readonly trusted: number;
  /** Idle seconds that no sample has stood for yet. */
  readonly unseen: number;
}

export interface ThroughputConfig {
  /** Seconds of flow after which a sample counts half. A page on a very steady link would raise it. Default 3. */
  readonly fastHalfLife: number;
  /** The same for the slow average: how long a good spell must last to be believed. Default 8. */
  readonly slowHalfLife: number;
  /** Seconds of trusted flow after which short transfers (which under-state the rate) are ignored. Default 0.5. */
  readonly enoughTrusted: number;
  /**
   * Idle seconds that each second of flow stands for at most. A player with a full buffer looks at a fast link for half
   * a second in four: without this it would need minutes to believe that the link is good again. Default 4.
   */
  readonly idleStretch: number;
  /** Idle seconds that are stood for at most, however long the pause was. Default 8. */
  readonly longestIdle: number;
}

export const DEFAULT_THROUGHPUT_CONFIG: ThroughputConfig = {
  fastHalfLife: 3,
  slowHalfLife: 8,
  enoughTrusted: 0.5,
  idleStretch: 4,
  longestIdle: 8,
};

const EMPTY: Average = { value: 0, weight: 0 };

export const NO_THROUGHPUT: ThroughputState = { fast: EMPTY, slow: EMPTY, trusted: 0, unseen: 0 };

/** The state after one more sample; samples without bytes or time change nothing. */
export function addSample(
  state: ThroughputState,
  sample: ThroughputSample,
  config: ThroughputConfig = DEFAULT_THROUGHPUT_CONFIG,
): ThroughputState {
  if (!(sample.bytes > 0 && sample.seconds > 0)) return state;
  if (sample.short && state.trusted >= config.enoughTrusted) return state;
  const rate = (sample.bytes * 8) / sample.seconds;
  const unseen = Math.min(state.unseen + sample.idle, config.longestIdle);
  const stoodFor = Math.min(unseen, sample.seconds * config.idleStretch);
  const weight = sample.seconds + stoodFor;
  return {
    fast: average(state.fast, rate, weight, config.fastHalfLife),
    slow: average(state.slow, rate, weight, config.slowHalfLife),
    trusted: state.trusted + (sample.short ? 0 : sample.seconds),
    unseen: unseen - stoodFor,
  };
}

/** Bits per second; `undefined` before the first sample. Lies between the least and the greatest sample. */
export function estimateThroughput(
  state: ThroughputState,
  config: ThroughputConfig = DEFAULT_THROUGHPUT_CONFIG,
): number | undefined {
  if (state.fast.weight === 0) return undefined;
  return Math.min(unbiased(state.fast, config.fastHalfLife), unbiased(state.slow, config.slowHalfLife));
}

function average(previous: Average, rate: number, seconds: number, halfLife: number): Average {
  const keep = 0.5 ** (seconds / halfLife);
  return {
    value: previous.value * keep + rate * (1 - keep),
    weight: previous.weight + seconds,
  };
}

/** Takes away the weight that the average still gives to the zero it began with. */
function unbiased(state: Average, halfLife: number): number {
  return state.value / (1 - 0.5 ** (state.weight / halfLife));
}
