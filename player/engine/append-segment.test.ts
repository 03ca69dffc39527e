import { expect, test } from 'vitest';
import { StreamingError } from '../core/errors.ts';
import type { TimeRange } from '../core/ranges.ts';
import { appendSegment } from './append-segment.ts';

const placement = { type: 'video/mp4', timestampOffset: 0, windowStart: 0, windowEnd: 100 };
const never = new AbortController().signal;

/** A buffer with room for `room` pieces; each removal frees one. */
function smallBuffer(room: number, ranges: TimeRange[], playhead: number) {
  const seen = { appended: 0, removed: [] as [number, number][], full: 0 };
  const context = {
    queue: {
      append() {
        if (seen.appended >= room + seen.removed.length)
          return Promise.reject(new StreamingError('buffer-full', 'full'));
        seen.appended += 1;
        return Promise.resolve();
      },
      remove(start: number, end: number) {
        seen.removed.push([start, end]);
        ranges.splice(
          0,
          ranges.length,
          ...ranges.map((r) => (r.start < end ? { start: end, end: r.end } : r)),
        );
        return Promise.resolve();
      },
      idle: () => Promise.resolve(),
      reset: () => Promise.resolve(),
      buffered: () => ranges,
    },
    observe: () => ({
      playhead,
      playbackRate: 1,
      paused: false,
      ended: false,
      seeking: false,
      readyState: 4,
      buffered: ranges,
    }),
    pause: () => Promise.resolve(),
    onFull() {
      seen.full += 1;
    },
    onRemove: () => undefined,
  };
  return { context, seen };
}

test('a full buffer loses what was played, never the bytes in hand', async () => {
  const { context, seen } = smallBuffer(1, [{ start: 0, end: 40 }], 30);
  await appendSegment(context, [new Uint8Array(1), new Uint8Array(1)], placement, never);
  expect(seen).toEqual({ appended: 2, removed: [[0, 25]], full: 1 });
});

test('a buffer that cannot hold one segment ends in an error, not in a loop', async () => {
  const { context } = smallBuffer(0, [], 0);
  const result = appendSegment(context, [new Uint8Array(1)], placement, never);
  await expect(result).rejects.toMatchObject({ code: 'buffer-full' });
});

test('a refused segment is told at once', async () => {
  const { context } = smallBuffer(1, [], 0);
  context.queue.append = () => Promise.reject(new StreamingError('append-failed', 'no'));
  const result = appendSegment(context, [new Uint8Array(1)], placement, never);
  await expect(result).rejects.toMatchObject({ code: 'append-failed' });
});
