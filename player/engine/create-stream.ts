/** The state of one kind of media in a session: what is held, chosen, pinned and under way, changed nowhere else. */
import type { AdaptationSet, Representation, Segment } from '../core/dash/presentation.ts';
import type { StreamingError } from '../core/errors.ts';
import {
  DEFAULT_GOAL_CONFIG,
  type GoalConfig,
  type HeldSegment,
  nextAction,
  type StreamView,
  secondsHeld,
} from '../core/loop/next-action.ts';
import { secondsAhead } from '../core/ranges.ts';
import type { MediaKind } from '../core/session/event.ts';
import { pause } from '../fetch/pause.ts';
import { createAvoidance } from './avoidance.ts';
import { createBell } from './bell.ts';
import { createInventory } from './inventory.ts';
import { findPeriod } from './playable.ts';
import type { Scope } from './scope.ts';
import type { Stream, StreamContext, StreamPeriod } from './stream.ts';

/** Seconds after the playhead that are left alone when buffered media is replaced: the decoder is there already. */
const REPLACE_FROM = 1;
const DEFAULT_SEGMENT_DURATION = 4;
/** Audio has a much smaller quota than video (Chromium about 12 MB). */
const BYTE_GOAL: Readonly<Record<MediaKind, number>> = { video: DEFAULT_GOAL_CONFIG.byteGoal, audio: 8e6 };

export function createStream(context: StreamContext, allPeriods: readonly StreamPeriod[]): Stream {
  const { kind, log, lists, queue, observe } = context;
  const inventory = createInventory(queue.buffered);
  const bell = createBell();
  let periods = [...allPeriods];
  let goal: GoalConfig = { ...DEFAULT_GOAL_CONFIG, byteGoal: BYTE_GOAL[kind] };
  let current: string | undefined;
  let bandwidth = 0;
  let pinned: string | undefined;
  let initialized: Representation | undefined;
  let underWay: { scope: Scope; segment?: Segment; representation?: Representation } | undefined;
  let segmentDuration = DEFAULT_SEGMENT_DURATION;
  let ended = false;
  let holes = 0;
  const surveyed = new Set<AdaptationSet>();
  const avoidance = createAvoidance(lists);
  let lastError: StreamingError | undefined;

  const periodAt = (time: number): StreamPeriod => {
    const period = findPeriod(periods, time);
    if (!period) throw new Error('A stream has at least one period.');
    return period;
  };

  const candidates = (time: number) => avoidance.usable(periodAt(time).set.representations, time);

  function sizeAt(representation: Representation, time: number): number | undefined {
    const list = lists.peek(representation);
    return list?.at(list.positionAt(time))?.size;
  }

  function view(): StreamView {
    const { playhead, playbackRate } = observe();
    return {
      playhead,
      playbackRate,
      duration: context.duration,
      held: inventory.held(),
      otherAhead: context.otherAhead(),
      candidatesAt: (time) =>
        candidates(time).map((representation) => ({
          id: representation.id,
          bandwidth: representation.bandwidth,
          size: sizeAt(representation, time),
        })),
      current,
      pinned,
      throughput: context.share(),
      latency: context.link.latency(),
      segmentDuration,
    };
  }

  function onRemove(start: number, end: number): void {
    // The segment on the screen stays held, also when its beginning is gone: it is needed no more.
    const { playhead } = observe();
    const isShown = (segment: HeldSegment) => segment.start <= playhead && playhead < segment.end;
    inventory.forget((segment) => segment.start < end && segment.end > start && !isShown(segment));
    log.report({ type: 'remove', kind, start, end });
  }

  function ahead(): number {
    const { playhead } = observe();
    return secondsHeld({ playhead, duration: context.duration, held: inventory.held() });
  }

  function forget(which: (segment: HeldSegment) => boolean): void {
    inventory.forget(which);
    bell.ring();
  }

  return {
    context,
    queue,
    observe,
    bell,
    pause,
    view,
    ahead,
    playableAhead() {
      const { buffered, playhead } = observe();
      return secondsAhead(buffered, playhead);
    },
    periodAt,
    candidates,
    goal: () => goal,
    lowerSizes: (lower, segment) =>
      pinned === undefined
        ? lower.map((r) => sizeAt(r, segment.start + 1e-3) ?? (r.bandwidth * segment.duration) / 8)
        : [],
    open(scope) {
      underWay = { scope };
    },
    close() {
      underWay = undefined;
    },
    choose(representation, segment, reason) {
      if (underWay) Object.assign(underWay, { segment, representation });
      current = representation.id;
      bandwidth = representation.bandwidth;
      segmentDuration = segment.duration;
      const throughput = context.share();
      log.report({
        type: 'choice',
        kind,
        representation: representation.id,
        bandwidth: representation.bandwidth,
        reason,
        buffer: ahead(),
        segmentStart: segment.start,
        ...(throughput === undefined ? {} : { throughput }),
      });
    },
    initializedWith: (representation) => initialized === representation,
    setInitialized(representation) {
      initialized = representation;
    },
    appended(representation, segment, period, bytes) {
      const start = Math.max(segment.start, period.start);
      const end = Math.min(segment.start + segment.duration, period.end);
      holes = 0;
      log.report({ type: 'append', kind, representation: representation.id, start, end, bytes });
      // The set was replaced while the browser took the segment: the new set's own is still to be fetched.
      if (!periods.some(({ set }) => set.representations.includes(representation))) return;
      inventory.add({ start, end, representation: representation.id, bytes });
    },
    async prepareAll(period) {
      if (surveyed.has(period.set)) return;
      surveyed.add(period.set);
      const bounds = { start: period.start, duration: period.end - period.start };
      for (const representation of period.set.representations) {
        await lists.prepare({ representation, kind, period: bounds }).catch(() => undefined);
      }
    },
    onRemove,
    onFull() {
      goal = { ...goal, backBuffer: 5, bufferGoal: Math.max(10, Math.min(goal.bufferGoal, ahead()) * 0.8) };
      log.report({ type: 'recovery', step: 'buffer-full', playhead: observe().playhead });
    },
    hole(start, end) {
      holes += 1;
      inventory.add({ start, end, bytes: 0 });
    },
    holesInRow: () => holes,
    avoid(representation, place, why) {
      lastError = why;
      avoidance.avoid(representation, place);
    },
    checkMedia() {
      if (lastError && queue.buffered().length === 0) throw lastError;
    },
    setEnded(now) {
      const reached = now && !ended;
      ended = now;
      if (reached) context.onEnd();
    },
    isEnded: () => ended,
    shownAt: (time) => inventory.held().findLast((s) => s.start <= time && time < s.end)?.representation,
    seeked() {
      // What was missing may be there by now.
      avoidance.forgive();
      holes = 0;
      inventory.forget((segment) => segment.representation === undefined);
      const segment = underWay?.segment;
      const action = nextAction(view(), goal);
      const serves =
        segment !== undefined &&
        action.type === 'fetch' &&
        action.time >= segment.start - 0.1 &&
        action.time < segment.start + segment.duration;
      if (action.type !== 'wait' && !serves) underWay?.scope.abort('seek');
      bell.ring();
    },
    pin(id) {
      pinned = id;
      if (id === undefined) return bell.ring();
      if (underWay && underWay.representation?.id !== id) underWay.scope.abort('pin');
      const { playhead } = observe();
      forget((segment) => segment.start > playhead + REPLACE_FROM && segment.representation !== id);
    },
    pinned: () => pinned,
    bandwidth: () => bandwidth,
    replaceSet(set) {
      const { playhead } = observe();
      const period = periodAt(playhead);
      if (period.set.id === set.id) return;
      periods = periods.map((each) => (each === period ? { ...each, set } : each));
      current = undefined;
      underWay?.scope.abort('set');
      forget((segment) => segment.end > playhead && segment.start < period.end);
    },
  };
}
