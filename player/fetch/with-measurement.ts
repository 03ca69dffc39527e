/** Watches what every request does to the link: one meter over all of them, and one report per request. */
import { IDLE_LINK, type LinkEvent, meterLink } from '../core/abr/link-meter.ts';
import type { ThroughputSample } from '../core/abr/throughput.ts';
import type { SegmentRequest, SegmentSource } from './segment-source.ts';

export interface Transfer {
  readonly request: SegmentRequest;
  readonly url: string;
  readonly bytes: number;
  /** Seconds from the request to its end. */
  readonly duration: number;
  /** Seconds to the first byte; undefined when none came. */
  readonly latency?: number;
  readonly outcome: 'done' | 'aborted' | 'failed';
}

export interface Measurement {
  /** Seconds on a monotonic clock. */
  readonly now: () => number;
  readonly onSample: (sample: ThroughputSample) => void;
  readonly onTransfer: (transfer: Transfer) => void;
}

export function withMeasurement(source: SegmentSource, measurement: Measurement): SegmentSource {
  const { now } = measurement;
  let link = IDLE_LINK;
  const meter = (event: LinkEvent, counts: boolean) => {
    const step = meterLink(link, event);
    link = step.state;
    if (step.sample && counts) measurement.onSample(step.sample);
  };
  return {
    async fetch(request, signal) {
      const began = now();
      let latency: number | undefined;
      let bytes = 0;
      let fromCache = false;
      let outcome: Transfer['outcome'] = 'failed';
      try {
        const response = await source.fetch(
          {
            ...request,
            onProgress(progress) {
              const at = now();
              const piece = progress.piece.byteLength;
              if (latency === undefined) {
                latency = at - began;
                meter({ type: 'open', at, latency, bytes: piece }, true);
              } else {
                meter({ type: 'bytes', at, bytes: piece }, true);
              }
              bytes = progress.received;
              request.onProgress?.(progress);
            },
          },
          signal,
        );
        outcome = 'done';
        fromCache = response.fromCache;
        return response;
      } finally {
        if (signal.aborted && outcome !== 'done') outcome = 'aborted';
        if (latency !== undefined) meter({ type: 'close', at: now() }, !fromCache);
        const url = request.urls[0] ?? '';
        const duration = now() - began;
        measurement.onTransfer({
          request,
          url,
          bytes,
          duration,
          outcome,
          ...(latency === undefined ? {} : { latency }),
        });
      }
    },
  };
}
