/** Keeps one kind of media flowing: asks the heart for the next action and performs it, until told to stop. */
import type { ChoiceReason } from '../core/abr/choose.ts';
import type { Representation, Segment } from '../core/dash/presentation.ts';
import { type ErrorCode, StreamingError } from '../core/errors.ts';
import { locateSegment } from '../core/loop/locate-segment.ts';
import { type Action, nextAction } from '../core/loop/next-action.ts';
import type { TimeRange } from '../core/ranges.ts';
import { appendSegment } from './append-segment.ts';
import { fetchSegment } from './fetch-segment.ts';
import { mediaType } from './playable.ts';
import { openScope, type Scope, untilAborted } from './scope.ts';
import type { Placed } from './segment-lists.ts';
import type { Stream, StreamPeriod } from './stream.ts';

type Fetch = Extract<Action, { type: 'fetch' }>;

/** Seconds between a time and the start of its segment that are a gap in the media, not a rounding error. */
const GAP = 0.1;
/** Seconds around a period: a frame that lies a rounding error outside still belongs to it. */
const ROUNDING = 0.05;
/** Faults of the browser's buffers: another representation would meet them as well. */
const FINAL: ReadonlySet<ErrorCode> = new Set(['append-failed', 'buffer-full', 'media-source']);
/** Seconds of media ahead that count as none. */
const PLAYED_OUT = 0.3;
/** Wrong answers after which another representation is tried: the buffer does not wait for the full patience. */
const ATTEMPTS_BEFORE_ANOTHER = 2;
/** Segments in a row that could not be had in any representation before playback is given up. */
const MOST_HOLES = 5;

/** Runs until `signal` aborts. Rejects with a StreamingError when this kind of media cannot go on. */
export async function runAdaptationLoop(stream: Stream, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const action = nextAction(stream.view(), stream.goal());
    try {
      await perform(stream, action, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
  }
}

async function perform(stream: Stream, action: Action, signal: AbortSignal): Promise<void> {
  if (action.type === 'end') stream.checkMedia();
  stream.setEnded(action.type === 'end');
  switch (action.type) {
    case 'wait':
      return stream.bell.wait(action.seconds, signal);
    case 'end':
      return stream.bell.wait(1, signal);
    case 'trim':
      await stream.context.queue.remove(action.start, action.end);
      return stream.onRemove(action.start, action.end);
    case 'fetch':
      return performFetch(stream, action, signal);
  }
}

async function performFetch(stream: Stream, action: Fetch, signal: AbortSignal): Promise<void> {
  const period = stream.periodAt(action.time);
  const candidates = stream.candidates(action.time);
  const scope = openScope(signal);
  let { index, reason } = action.choice;
  try {
    stream.open(scope);
    for (;;) {
      const representation = candidates[index];
      if (!representation)
        throw new StreamingError('nothing-playable', `No ${stream.context.kind} is left to play.`);
      const what = { action, period, candidates, index, reason, representation };
      const replacement = await attempt(stream, what, scope);
      if (replacement === undefined) return;
      index = replacement;
      reason = 'buffer-low';
    }
  } catch (error) {
    if (signal.aborted || !scope.signal.aborted) throw error;
  } finally {
    stream.close();
    scope.close();
  }
}

interface Attempt {
  readonly action: Fetch;
  readonly period: StreamPeriod;
  readonly candidates: readonly Representation[];
  readonly index: number;
  readonly reason: ChoiceReason;
  readonly representation: Representation;
}

/** One representation's try at a segment; gives the position of the candidate to try instead when it was given up. */
async function attempt(stream: Stream, what: Attempt, scope: Scope): Promise<number | undefined> {
  const { action, period, representation } = what;
  const { context } = stream;
  const bounds = { start: period.start, duration: period.end - period.start };
  const placed: Placed = { representation, kind: context.kind, period: bounds };
  let segment: Segment | undefined;
  try {
    segment = await findSegment(stream, placed, action, scope.signal);
    if (!segment) return undefined;
    stream.choose(representation, segment, what.reason);
    const delivery = await fetchSegment(
      context.link.media,
      context.lists,
      {
        placed,
        segment,
        attempts: what.candidates.length > 1 ? ATTEMPTS_BEFORE_ANOTHER : undefined,
        lowerSizes: stream.lowerSizes(what.candidates.slice(0, what.index), segment),
        buffer: () => stream.ahead() / context.observe().playbackRate,
        latency: context.link.latency,
        now: context.log.now,
      },
      scope.signal,
    );
    if (delivery.type === 'abandoned') {
      const { kind, log } = context;
      log.report({ type: 'abandon', kind, representation: representation.id, received: delivery.received });
      return delivery.index;
    }
    const initialization = stream.initializedWith(representation)
      ? undefined
      : delivery.prepared.initialization;
    const pieces = initialization ? [initialization, delivery.bytes] : [delivery.bytes];
    stream.setInitialized(undefined);
    const before = context.queue.buffered();
    await appendSegment(stream, pieces, placementOf(period, representation), scope.signal);
    if (isUntouched(before, context.queue.buffered(), segment)) {
      await context.queue.reset();
      throw new StreamingError(
        'body-mismatch',
        `${segment.urls[0]} holds no media for ${segment.start.toFixed(1)} seconds.`,
      );
    }
    stream.setInitialized(representation);
    stream.appended(representation, segment, period, delivery.bytes.byteLength);
    void stream.prepareAll(period);
    return undefined;
  } catch (error) {
    if (scope.signal.aborted || !(error instanceof StreamingError)) throw error;
    await recover(stream, what, segment, error, scope.signal);
    return undefined;
  }
}

/** Nothing was there and nothing came: whatever the server sent (a page in place of a segment), it was no media. */
function isUntouched(before: readonly TimeRange[], after: readonly TimeRange[], segment: Segment): boolean {
  const changed =
    before.length !== after.length ||
    before.some(({ start, end }, i) => start !== after[i]?.start || end !== after[i]?.end);
  const end = segment.start + segment.duration;
  return !changed && !after.some((range) => range.start < end && range.end > segment.start);
}

/** Undefined when there is no media at that time: the place is then noted as a hole, so that playback goes past it. */
async function findSegment(
  stream: Stream,
  placed: Placed,
  action: Fetch,
  signal: AbortSignal,
): Promise<Segment | undefined> {
  const { lists } = stream.context;
  const known = lists.peek(placed.representation);
  const segments = known ?? (await untilAborted(lists.prepare(placed), signal)).segments;
  const segment = locateSegment(segments, action.time, action.continuing);
  const periodEnd = placed.period.start + placed.period.duration;
  if (!segment) stream.hole(action.time, Math.max(periodEnd, action.time + GAP));
  else if (segment.start > action.time + GAP) stream.hole(action.time, segment.start);
  else return segment;
  return undefined;
}

/**
 * Other representations first, then a declared gap. When segment after segment is missing, what is buffered is still
 * played; a seek meanwhile makes it worth trying again.
 */
async function recover(
  stream: Stream,
  what: Attempt,
  segment: Segment | undefined,
  error: StreamingError,
  signal: AbortSignal,
): Promise<void> {
  if (FINAL.has(error.code)) throw error;
  stream.avoid(what.representation, segment?.start, error);
  if (what.candidates.length > 1) return;
  if (segment && stream.holesInRow() < MOST_HOLES) {
    return stream.hole(what.action.time, segment.start + segment.duration);
  }
  while (stream.playableAhead() > PLAYED_OUT) await stream.bell.wait(1, signal);
  throw error;
}

function placementOf(period: StreamPeriod, representation: Representation) {
  return {
    type: mediaType(representation),
    timestampOffset: representation.timestampOffset,
    windowStart: Math.max(0, period.start - ROUNDING),
    windowEnd: period.end + ROUNDING,
  };
}
