/** Gets one segment and what must go before it, and gives it up while under way when a smaller one would be better. */
import { chooseReplacement } from '../core/abr/abandon.ts';
import type { Segment } from '../core/dash/presentation.ts';
import type { SegmentSource } from '../fetch/segment-source.ts';
import { openScope, untilAborted } from './scope.ts';
import type { Placed, Prepared, SegmentLists } from './segment-lists.ts';

export interface SegmentOrder {
  readonly placed: Placed;
  readonly segment: Segment;
  /** Wrong answers to put up with; undefined: as many as the source does. */
  readonly attempts?: number | undefined;
  /** Bytes of the same segment in each lower representation, ascending: what it could be given up for. */
  readonly lowerSizes: readonly number[];
  /** Seconds ahead of the playhead now. */
  readonly buffer: () => number;
  readonly latency: () => number;
  readonly now: () => number;
}

export type SegmentDelivery =
  | { readonly type: 'delivered'; readonly prepared: Prepared; readonly bytes: Uint8Array<ArrayBuffer> }
  /** `index` into `lowerSizes`; `received` bytes were for nothing. */
  | { readonly type: 'abandoned'; readonly index: number; readonly received: number };

/** Rejects with a StreamingError, or with the signal's reason. */
export async function fetchSegment(
  source: SegmentSource,
  lists: SegmentLists,
  order: SegmentOrder,
  signal: AbortSignal,
): Promise<SegmentDelivery> {
  const { placed, segment } = order;
  const scope = openScope(signal);
  let firstByteAt: number | undefined;
  let abandoned: SegmentDelivery | undefined;
  try {
    const [prepared, response] = await Promise.all([
      untilAborted(lists.prepare(placed), scope.signal),
      source.fetch(
        {
          ...segment,
          ...(order.attempts === undefined ? {} : { attempts: order.attempts }),
          kind: 'segment',
          about: { kind: placed.kind, representation: placed.representation.id, segmentStart: segment.start },
          onProgress({ received, total = segment.size }) {
            firstByteAt ??= order.now();
            if (total === undefined) return;
            const elapsed = order.now() - firstByteAt;
            const view = { received, total, elapsed, buffer: order.buffer(), latency: order.latency() };
            const index = chooseReplacement({ ...view, lowerSizes: order.lowerSizes });
            if (index === undefined || abandoned) return;
            abandoned = { type: 'abandoned', index, received };
            scope.abort(abandoned);
          },
        },
        scope.signal,
      ),
    ]);
    return { type: 'delivered', prepared, bytes: response.bytes };
  } catch (error) {
    // Without its initialization a segment is of no use: the other half is given up as well.
    scope.abort(error);
    if (abandoned && error === abandoned) return abandoned;
    throw error;
  } finally {
    scope.close();
  }
}
