/**
 * One queue in front of one SourceBuffer: operations run one after the other, each a promise that settles when its
 * effect is there. Hides `updateend`, synchronous throws, type changes and the append window (Media Source Extensions §5).
 */
import { StreamingError } from '../core/errors.ts';
import type { TimeRange } from '../core/ranges.ts';

/** How appended bytes land on the time line. */
export interface Placement {
  /** MIME type with codecs; a change is carried out before the append. */
  readonly type: string;
  /** Seconds added to the media's own time stamps. */
  readonly timestampOffset: number;
  /** Frames outside are dropped: what belongs to another period must not show in this one. */
  readonly windowStart: number;
  readonly windowEnd: number;
}

export interface BufferQueue {
  /**
   * Appends complete boxes.
   * @throws StreamingError `buffer-full` (nothing was taken: evict and append again) or `append-failed`.
   */
  append(bytes: Uint8Array<ArrayBuffer>, placement: Placement): Promise<void>;
  /** Removes media from `start` to `end`; the browser may take frames behind `end` up to the next random access point. */
  remove(start: number, end: number): Promise<void>;
  /** Forgets what the parser holds of an unfinished box. The next append must begin with an initialization. */
  reset(): Promise<void>;
  /** Settles when everything queued so far is done, also when some of it failed. */
  idle(): Promise<void>;
  buffered(): TimeRange[];
}

export function createBufferQueue(
  sourceBuffer: SourceBuffer,
  type: string,
  signal: AbortSignal,
): BufferQueue {
  let tail: Promise<void> = Promise.resolve();
  let currentType = type;

  function enqueue(operation: () => void): Promise<void> {
    const done = tail.then(() => {
      signal.throwIfAborted();
      return untilUpdated(sourceBuffer, operation, signal);
    });
    tail = done.catch(() => undefined);
    return done;
  }

  function place(placement: Placement): void {
    if (placement.type !== currentType) {
      sourceBuffer.changeType(placement.type);
      currentType = placement.type;
    }
    if (sourceBuffer.timestampOffset !== placement.timestampOffset) {
      sourceBuffer.timestampOffset = placement.timestampOffset;
    }
    setWindow(sourceBuffer, placement);
  }

  return {
    append: (bytes, placement) =>
      enqueue(() => {
        place(placement);
        sourceBuffer.appendBuffer(bytes);
      }),
    remove: (start, end) =>
      end > start ? enqueue(() => sourceBuffer.remove(start, end)) : Promise.resolve(),
    reset() {
      tail = tail.then(() => resetParser(sourceBuffer));
      return tail;
    },
    idle: () => tail,
    buffered: () => readRanges(sourceBuffer),
  };
}

/** Starts an operation and waits for its `updateend`; `error` comes before it and decides. */
function untilUpdated(sourceBuffer: SourceBuffer, operation: () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController();
    const settle = (finish: () => void) => () => {
      listening.abort();
      finish();
    };
    const failed = () => reject(new StreamingError('append-failed', 'The browser refused a segment.'));
    const options = { signal: listening.signal };
    sourceBuffer.addEventListener('updateend', settle(resolve), options);
    sourceBuffer.addEventListener('error', settle(failed), options);
    signal.addEventListener(
      'abort',
      settle(() => reject(signal.reason)),
      options,
    );
    try {
      operation();
    } catch (error) {
      settle(() => reject(explain(error)))();
    }
  });
}

/** `QuotaExceededError` by name; older browsers know it as code 22 only. */
function explain(error: unknown): StreamingError {
  const full = error instanceof DOMException && (error.name === 'QuotaExceededError' || error.code === 22);
  if (full)
    return new StreamingError('buffer-full', 'The browser has no room for another segment.', {}, error);
  const why = error instanceof Error ? error.message : String(error);
  return new StreamingError('append-failed', `The browser refused a segment: ${why}`, {}, error);
}

/** Only an open MediaSource has a parser to reset; `abort` throws for any other. */
function resetParser(sourceBuffer: SourceBuffer): void {
  try {
    sourceBuffer.abort();
  } catch {
    // Ended or closed: nothing is half parsed.
  }
}

/** The end is moved first when the new start lies behind the old end: start < end must hold at each step. */
function setWindow(sourceBuffer: SourceBuffer, { windowStart, windowEnd }: Placement): void {
  if (windowStart >= sourceBuffer.appendWindowEnd) sourceBuffer.appendWindowEnd = windowEnd;
  if (sourceBuffer.appendWindowStart !== windowStart) sourceBuffer.appendWindowStart = windowStart;
  if (sourceBuffer.appendWindowEnd !== windowEnd) sourceBuffer.appendWindowEnd = windowEnd;
}

/** A SourceBuffer whose MediaSource is gone throws on `buffered`: then nothing is buffered. */
function readRanges(sourceBuffer: SourceBuffer): TimeRange[] {
  try {
    return toRanges(sourceBuffer.buffered);
  } catch {
    return [];
  }
}

export function toRanges(ranges: TimeRanges): TimeRange[] {
  return Array.from({ length: ranges.length }, (_, i) => ({ start: ranges.start(i), end: ranges.end(i) }));
}
