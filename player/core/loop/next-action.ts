/**
 * What a media stream (video or audio) does next: the whole scheduling of the player as one function of what is
 * there. It keeps no counter that a seek could leave stale: needs are computed from the playhead each time.
 */

import type { Candidate } from '../abr/choose.ts';
import { type Choice, choose } from '../abr/choose.ts';

/** A stretch of the presentation that was dealt with: appended, or known to have no media. */
export interface HeldSegment {
  readonly start: number;
  readonly end: number;
  /** Id of the representation; undefined for a hole. */
  readonly representation?: string | undefined;
  readonly bytes: number;
}

export type Action =
  /** Get the segment at `time`. `continuing`: `time` is where the last segment ended, so a segment that ends there too is not meant. */
  | {
      readonly type: 'fetch';
      readonly time: number;
      readonly continuing: boolean;
      readonly choice: Choice;
    }
  /** Look again after at most `seconds`. */
  | { readonly type: 'wait'; readonly seconds: number }
  /** Take played media out of the buffer. */
  | { readonly type: 'trim'; readonly start: number; readonly end: number }
  /** Everything up to the end is there. */
  | { readonly type: 'end' };

export interface StreamView {
  readonly playhead: number;
  readonly playbackRate: number;
  /** End of the presentation. */
  readonly duration: number;
  /** By ascending start. */
  readonly held: readonly HeldSegment[];
  /** Seconds ahead of the playhead held by the other stream; undefined when there is none. */
  readonly otherAhead?: number | undefined;
  /** Candidates for the segment at a time. */
  readonly candidatesAt: (time: number) => readonly Candidate[];
  readonly current?: string | undefined;
  readonly pinned?: string | undefined;
  readonly throughput?: number | undefined;
  readonly latency: number;
  readonly segmentDuration: number;
}

export interface GoalConfig {
  /** Seconds of media wanted ahead of the playhead. Memory-poor devices lower it. Default 30. */
  readonly bufferGoal: number;
  /** Seconds kept behind the playhead, so that a short seek back costs nothing. Default 30. */
  readonly backBuffer: number;
  /** Bytes wanted ahead at most, whatever the seconds: browsers have quotas (Chromium about 150 MB video, 12 MB audio). */
  readonly byteGoal: number;
}

export const DEFAULT_GOAL_CONFIG: GoalConfig = {
  bufferGoal: 30,
  backBuffer: 30,
  byteGoal: 60e6,
};

/** Media this near to its end counts as complete: the last sample seldom ends where the MPD says. */
const END_TOLERANCE = 0.1;
/** Played media beyond the back buffer that makes a removal worth it, seconds. */
const TRIM_STEP = 10;
/** Seconds to wait at most: the view changes with the playhead. */
const LONGEST_WAIT = 1;
/** Streams stay this many segments together, so that neither takes the link while the other starves. */
const LEAD_SEGMENTS = 2;

export function nextAction(view: StreamView, goal: GoalConfig = DEFAULT_GOAL_CONFIG): Action {
  const needed = firstNeed(view);
  // Nothing more comes, so nothing needs room; a removal would open the stream again that was just ended.
  if (needed.time >= view.duration - END_TOLERANCE) return { type: 'end' };
  const trim = played(view, goal);
  if (trim) return trim;
  const ahead = Math.max(0, needed.time - view.playhead);
  if (isEnough(view, goal, ahead, needed.bytes)) return { type: 'wait', seconds: LONGEST_WAIT };
  const choice = choose({
    candidates: view.candidatesAt(needed.time),
    current: view.current,
    pinned: view.pinned,
    throughput: view.throughput,
    latency: view.latency,
    buffer: ahead,
    segmentDuration: view.segmentDuration,
    playbackRate: view.playbackRate,
  });
  return { type: 'fetch', time: needed.time, continuing: needed.continuing, choice };
}

/** Seconds from the playhead to the first thing that is missing. */
export function secondsHeld(view: Pick<StreamView, 'playhead' | 'duration' | 'held'>): number {
  return Math.max(0, firstNeed(view).time - view.playhead);
}

/** Walks from the playhead over what is held to the first moment that is not. */
function firstNeed(view: Pick<StreamView, 'playhead' | 'duration' | 'held'>) {
  // A playhead at the very end still needs the last picture.
  let time = Math.max(0, Math.min(view.playhead, view.duration - 2 * END_TOLERANCE));
  let continuing = false;
  let bytes = 0;
  for (const segment of view.held) {
    if (segment.end <= time) continue;
    if (segment.start > time + END_TOLERANCE) break;
    time = segment.end;
    continuing = true;
    bytes += segment.bytes;
  }
  return { time, continuing, bytes };
}

function isEnough(view: StreamView, goal: GoalConfig, ahead: number, bytes: number): boolean {
  if (ahead >= goal.bufferGoal || bytes >= goal.byteGoal) return true;
  return view.otherAhead !== undefined && ahead > view.otherAhead + LEAD_SEGMENTS * view.segmentDuration;
}

function played(view: StreamView, goal: GoalConfig): Action | undefined {
  const limit = view.playhead - goal.backBuffer;
  const first = view.held.find((segment) => segment.representation !== undefined);
  if (!first || limit - first.start < TRIM_STEP) return undefined;
  // Ends at a segment's end: a removal inside a group of pictures takes frames behind it as well.
  const end = view.held.findLast((segment) => segment.end <= limit)?.end;
  if (end === undefined || end <= first.start) return undefined;
  // Audio begins before 0 by its priming; a SourceBuffer has no time before 0.
  return { type: 'trim', start: Math.max(0, first.start), end };
}
