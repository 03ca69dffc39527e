/**
 * Turns the arrivals of all concurrent requests into throughput samples of the one link that they share: bytes are
 * summed, time counts once, so that audio beside video does not make each see half a link.
 */
import type { ThroughputSample } from './throughput.ts';

/** `at` is seconds on a monotonic clock, never falling from event to event. */
export type LinkEvent =
  /**
   * The first piece of a body arrived, `latency` seconds after its request. Its bytes had been on their way during the
   * latency: they tell nothing about the rate of what follows.
   */
  | { readonly type: 'open'; readonly at: number; readonly latency: number; readonly bytes: number }
  | { readonly type: 'bytes'; readonly at: number; readonly bytes: number }
  /** The body ended, complete or not. */
  | { readonly type: 'close'; readonly at: number };

export interface LinkMeterState {
  /** Bodies that are arriving now. */
  readonly open: number;
  /** Time of the last event. */
  readonly at: number;
  /** Flow not yet given out as a sample. */
  readonly bytes: number;
  readonly seconds: number;
  /** Length of the present run: the time since no body was open. */
  readonly runSeconds: number;
  /** Seconds without flow before the present run; 0 once a sample has told of them. */
  readonly idle: number;
  /** Bytes of the first pieces of the present run. */
  readonly firstBytes: number;
  /** The greatest latency among the requests of the present run. */
  readonly latency: number;
}

export const IDLE_LINK: LinkMeterState = {
  open: 0,
  at: 0,
  bytes: 0,
  seconds: 0,
  runSeconds: 0,
  idle: 0,
  firstBytes: 0,
  latency: 0,
};

/** Seconds of flow that make a sample while a run goes on: long enough to even out bursts, short enough to react. */
const SAMPLE_SECONDS = 0.25;
/** A run with fewer bytes than this measures the latency and nothing else. */
const LEAST_BYTES = 4096;
/** So does a burst that fits into the first window of a connection, 10 segments of 1460 bytes (RFC 6928 §2): an MPD, an index. */
const FIRST_WINDOW_BYTES = 14_600;

export function meterLink(
  state: LinkMeterState,
  event: LinkEvent,
): { readonly state: LinkMeterState; readonly sample?: ThroughputSample } {
  const passed = advance(state, event.at);
  if (event.type === 'open') {
    const latency = Math.max(passed.open === 0 ? 0 : passed.latency, event.latency);
    const firstBytes = passed.firstBytes + event.bytes;
    return { state: { ...passed, open: passed.open + 1, firstBytes, latency } };
  }
  if (event.type === 'bytes') return emitWhenLong({ ...passed, bytes: passed.bytes + event.bytes });
  const open = Math.max(0, passed.open - 1);
  return open > 0 ? emitWhenLong({ ...passed, open }) : endRun(passed);
}

function advance(state: LinkMeterState, at: number): LinkMeterState {
  if (state.open === 0) return { ...state, at, idle: state.idle + Math.max(0, at - state.at) };
  const seconds = Math.max(0, at - state.at);
  return {
    ...state,
    at,
    seconds: state.seconds + seconds,
    runSeconds: state.runSeconds + seconds,
  };
}

function emitWhenLong(state: LinkMeterState) {
  if (state.seconds < SAMPLE_SECONDS || state.bytes < LEAST_BYTES) return { state };
  const sample = { bytes: state.bytes, seconds: state.seconds, idle: state.idle, short: false };
  return { state: { ...state, bytes: 0, seconds: 0, idle: 0 }, sample };
}

/** A whole run shorter than the latency is a burst out of buffers: it counts with its latency, so errs to the safe side. */
function endRun(state: LinkMeterState) {
  const rest = { ...IDLE_LINK, at: state.at };
  const short = state.runSeconds < state.latency;
  const bytes = state.bytes + (short ? state.firstBytes : 0);
  const seconds = state.seconds + (short ? state.latency : 0);
  const least = short ? FIRST_WINDOW_BYTES : LEAST_BYTES;
  if (bytes < least || seconds <= 0) return { state: { ...rest, idle: state.idle } };
  return { state: rest, sample: { bytes, seconds, idle: state.idle, short } };
}
