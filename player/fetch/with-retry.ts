/**
 * Asks again where asking again can help: other URLs at once, the same ones after a pause that grows and is spread at
 * random. Being offline spends no attempts: the request waits until the network is back, however long it takes.
 */
import { type ErrorCode, isRetryable, StreamingError } from '../core/errors.ts';
import type { SegmentRequest, SegmentSource } from './segment-source.ts';

export interface RetryConfig {
  /** Answers that are wrong (5xx, 429, cut off) in a row before giving up. Default 6. */
  readonly attempts: number;
  /** Seconds without any answer at all (no network, no server) before giving up; a viewer in a tunnel waits. Default Infinity. */
  readonly patience: number;
  /** The same for a host that never answered: likely a wrong address, or one that allows no other sites (CORS). Default 15. */
  readonly strangerPatience: number;
  /** Seconds before the first repetition, doubled for each further one. Default 0.3. */
  readonly firstDelay: number;
  /** Seconds between repetitions at most. Default 4; while the network is away every second. */
  readonly longestDelay: number;
}

export const DEFAULT_RETRY_CONFIG: RetryConfig = {
  attempts: 6,
  patience: Number.POSITIVE_INFINITY,
  strangerPatience: 15,
  firstDelay: 0.3,
  longestDelay: 4,
};

/** An MPD that cannot be had is soon told: the address is likely wrong, and nothing is playing that could wait. */
export const MPD_RETRY_CONFIG: RetryConfig = {
  ...DEFAULT_RETRY_CONFIG,
  attempts: 3,
  patience: 6,
  strangerPatience: 6,
};

/** Seconds between looks for a network that is away. */
const PROBE_INTERVAL = 1;
/** A server that asks for more patience than this, seconds, is asked again all the same. */
const LONGEST_RETRY_AFTER = 60;

export interface RetryPlatform {
  readonly random: () => number;
  /** Seconds on a monotonic clock. */
  readonly now: () => number;
  /** Resolves after `seconds`, or earlier when the browser says that it is online again. Rejects when aborted. */
  readonly pause: (seconds: number, signal: AbortSignal) => Promise<void>;
  /** Whether nothing ever came from this URL's host, although the browser is online. */
  readonly isStranger: (url: string) => boolean;
  readonly onRetry?: (retry: {
    readonly url: string;
    readonly attempt: number;
    readonly delay: number;
    readonly code: ErrorCode;
  }) => void;
}

export function withRetry(
  source: SegmentSource,
  platform: RetryPlatform,
  config: RetryConfig = DEFAULT_RETRY_CONFIG,
): SegmentSource {
  /** Waits until the next attempt may begin; throws `error` when there shall be none. */
  async function pauseAfter(error: unknown, trial: Trial, url: string, signal: AbortSignal): Promise<void> {
    const patience = platform.isStranger(url) ? config.strangerPatience : config.patience;
    const limits = { ...config, patience, attempts: Math.min(config.attempts, trial.attempts) };
    const delay = signal.aborted ? undefined : delayBefore(error, trial, platform.random(), limits);
    if (delay === undefined || !(error instanceof StreamingError)) throw error;
    platform.onRetry?.({ url, attempt: trial.attempt, delay, code: error.code });
    await platform.pause(delay, signal);
  }
  return {
    async fetch(request, signal) {
      const began = platform.now();
      const { urls, attempts = Number.POSITIVE_INFINITY } = request;
      let trial: Trial = { attempt: 0, wrongAnswers: 0, seconds: 0, urls: urls.length, attempts };
      for (;;) {
        const rotated = rotate(request, trial.attempt);
        try {
          return await source.fetch(rotated, signal);
        } catch (error) {
          trial = nextTrial(trial, error, platform.now() - began);
          await pauseAfter(error, trial, rotated.urls[0] ?? '', signal);
        }
      }
    },
  };
}

/** The requests made so far for one resource. */
interface Trial {
  readonly attempt: number;
  readonly wrongAnswers: number;
  /** Since the first one. */
  readonly seconds: number;
  readonly urls: number;
  /** Wrong answers that the caller puts up with. */
  readonly attempts: number;
}

function nextTrial(trial: Trial, error: unknown, seconds: number): Trial {
  const wrongAnswers = trial.wrongAnswers + (isSilence(error) ? 0 : 1);
  return { ...trial, attempt: trial.attempt + 1, wrongAnswers, seconds };
}

function isHopeless(error: StreamingError, trial: Trial, config: RetryConfig): boolean {
  if (!isRetryable(error)) return true;
  return isSilence(error) ? trial.seconds >= config.patience : trial.wrongAnswers >= config.attempts;
}

/** Nothing was heard from the other side: the network, rather than the answer, is at fault. */
export function isSilence(error: unknown): boolean {
  return error instanceof StreamingError && isSilenceCode(error.code);
}

export function isSilenceCode(code: ErrorCode): boolean {
  return code === 'network' || code === 'timeout';
}

function rotate(request: SegmentRequest, attempt: number): SegmentRequest {
  const shift = attempt % Math.max(1, request.urls.length);
  if (shift === 0) return request;
  return { ...request, urls: [...request.urls.slice(shift), ...request.urls.slice(0, shift)] };
}

/**
 * Seconds until the next attempt; undefined when there is none. Another URL is tried at once; the same one after a
 * delay that doubles, spread between its half and its whole. `Retry-After` (RFC 9110 §10.2.3) goes before both.
 */
function delayBefore(error: unknown, trial: Trial, random: number, config: RetryConfig): number | undefined {
  if (!(error instanceof StreamingError)) return undefined;
  if (trial.attempt < trial.urls) return 0;
  if (isHopeless(error, trial, config)) return undefined;
  const asked = Number(error.details['retryAfter']);
  if (asked > 0) return Math.min(asked, LONGEST_RETRY_AFTER);
  const longest = isSilence(error) ? PROBE_INTERVAL : config.longestDelay;
  return Math.min(longest, config.firstDelay * 2 ** (trial.attempt - 1)) * (0.5 + random / 2);
}
