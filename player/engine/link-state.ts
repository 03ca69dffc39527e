/** What the player believes of its network: one throughput and one latency for all streams, and whether it is away. */
import { addSample, estimateThroughput, NO_THROUGHPUT } from '../core/abr/throughput.ts';
import { createHttpSource } from '../fetch/http-source.ts';
import { pause } from '../fetch/pause.ts';
import type { SegmentSource } from '../fetch/segment-source.ts';
import { withMeasurement } from '../fetch/with-measurement.ts';
import {
  DEFAULT_RETRY_CONFIG,
  isSilenceCode,
  MPD_RETRY_CONFIG,
  type RetryConfig,
  withRetry,
} from '../fetch/with-retry.ts';
import type { SessionLog } from './session-log.ts';

export interface LinkState {
  /** For segments, indexes and the like: patient. */
  readonly media: SegmentSource;
  /** For the MPD: tells soon that an address is wrong. */
  readonly mpd: SegmentSource;
  /** Bits per second; undefined before the first sample. */
  throughput(): number | undefined;
  /** Seconds from a request to its first byte; 0 while unknown. */
  latency(): number;
  /** The last request met silence, and nothing was heard since. */
  isAway(): boolean;
}

/** Weight of the newest latency; a median would lag, a plain last value would jump. */
const LATENCY_GAIN = 0.3;

export function createLinkState(log: SessionLog, source: SegmentSource = createHttpSource()): LinkState {
  let throughput = NO_THROUGHPUT;
  let latency: number | undefined;
  let away = false;
  const heardFrom = new Set<string>();
  const measured = withMeasurement(heard(source), {
    now: log.now,
    onSample(sample) {
      throughput = addSample(throughput, sample);
      const rate = (sample.bytes * 8) / sample.seconds;
      log.report({ type: 'throughput', sample: rate, estimate: estimateThroughput(throughput) ?? rate });
    },
    onTransfer(transfer) {
      if (transfer.latency !== undefined) {
        latency =
          latency === undefined ? transfer.latency : latency + LATENCY_GAIN * (transfer.latency - latency);
      }
      const { request, ...rest } = transfer;
      log.report({ type: 'request', what: request.kind, ...(request.about ?? { kind: 'mpd' }), ...rest });
    },
  });
  /** The first byte of anything means that the network is there. */
  function heard(inner: SegmentSource): SegmentSource {
    return {
      fetch: (request, signal) =>
        inner.fetch(
          {
            ...request,
            onProgress(progress) {
              away = false;
              heardFrom.add(hostOf(request.urls[0]));
              request.onProgress?.(progress);
            },
          },
          signal,
        ),
    };
  }
  function retried(config: RetryConfig): SegmentSource {
    return withRetry(
      measured,
      {
        random: Math.random,
        isStranger: (url) => navigator.onLine && !heardFrom.has(hostOf(url)),
        now: log.now,
        pause,
        onRetry(retry) {
          away = isSilenceCode(retry.code);
          log.report({ type: 'retry', ...retry });
        },
      },
      config,
    );
  }
  return {
    media: retried(DEFAULT_RETRY_CONFIG),
    mpd: retried(MPD_RETRY_CONFIG),
    throughput: () => estimateThroughput(throughput),
    latency: () => latency ?? 0,
    isAway: () => away || navigator.onLine === false,
  };
}

/** Scheme, name and port of an absolute URL. */
function hostOf(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : '';
}
