/** Puts a segment into its buffer; when the browser has no room, makes some and appends the same bytes again. */
import { StreamingError } from '../core/errors.ts';
import { secondsAhead } from '../core/ranges.ts';
import type { BufferQueue, Placement } from '../screen/buffer-queue.ts';
import type { Observation } from './media-element.ts';

export interface AppendContext {
  readonly queue: BufferQueue;
  readonly observe: () => Observation;
  /** Resolves after `seconds`; rejects when aborted. */
  readonly pause: (seconds: number, signal: AbortSignal) => Promise<void>;
  /** The browser had no room for a segment: goals should shrink. Called once for each segment. */
  readonly onFull: () => void;
  readonly onRemove: (start: number, end: number) => void;
}

/** Seconds behind the playhead that stay: removing inside the group of pictures on the screen would blank it. */
const KEEP_BEHIND = 5;
/** Seconds ahead of the playhead that stay: what lies further is fetched again when its time comes. */
const KEEP_AHEAD = 60;
/** Seconds between tries while the playhead frees some room. */
const PATIENCE = 1;
/** Waits in a row, with nothing playable ahead, after which one segment is taken to be larger than the quota. */
const MOST_WAITS = 10;

/**
 * @throws StreamingError `append-failed`, or `buffer-full` when even an empty buffer is too small.
 */
export async function appendSegment(
  context: AppendContext,
  pieces: readonly Uint8Array<ArrayBuffer>[],
  placement: Placement,
  signal: AbortSignal,
): Promise<void> {
  for (const piece of pieces) await appendPiece(context, piece, placement, signal);
}

async function appendPiece(
  context: AppendContext,
  piece: Uint8Array<ArrayBuffer>,
  placement: Placement,
  signal: AbortSignal,
): Promise<void> {
  let waits = 0;
  let full = false;
  while (!(await fits(context, piece, placement))) {
    if (!full) context.onFull();
    full = true;
    if (!(await makeRoom(context))) {
      const starving = secondsAhead(context.queue.buffered(), context.observe().playhead) < PATIENCE;
      waits = starving ? waits + 1 : 0;
      if (waits > MOST_WAITS)
        throw new StreamingError('buffer-full', 'A single segment is too large for this browser.');
      await context.pause(PATIENCE, signal);
    }
    signal.throwIfAborted();
  }
}

async function fits(
  context: AppendContext,
  piece: Uint8Array<ArrayBuffer>,
  placement: Placement,
): Promise<boolean> {
  try {
    await context.queue.append(piece, placement);
    return true;
  } catch (error) {
    if (!(error instanceof StreamingError) || error.code !== 'buffer-full') throw error;
    return false;
  }
}

/** Whether anything could be removed: first what was played, then what is far ahead. */
async function makeRoom({ queue, observe, onRemove }: AppendContext): Promise<boolean> {
  const { playhead } = observe();
  const behind = playhead - KEEP_BEHIND;
  const ahead = playhead + KEEP_AHEAD;
  const ranges = queue.buffered();
  const last = ranges.at(-1);
  if (ranges[0] && ranges[0].start < behind) {
    await queue.remove(ranges[0].start, behind);
    onRemove(ranges[0].start, behind);
    return true;
  }
  if (last && last.end > ahead) {
    await queue.remove(ahead, last.end);
    onRemove(ahead, last.end);
    return true;
  }
  return false;
}
