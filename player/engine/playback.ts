/** Watches playback: derives the player's state, reports what a viewer lives through, and frees a playhead that is stuck. */
import { canMove, unstick } from '../core/loop/unstick.ts';
import type { MediaKind, PlayerState } from '../core/session/event.ts';
import { isStalled, type PlayerFacts, playerState } from '../core/session/player-state.ts';
import {
  HAVE_FUTURE_DATA,
  type MediaElement,
  type MediaEventType,
  type Observation,
} from './media-element.ts';
import type { SessionLog } from './session-log.ts';

export interface PlaybackContext {
  readonly log: SessionLog;
  readonly media: MediaElement;
  readonly isAway: () => boolean;
  readonly isFailed: () => boolean;
  readonly isDisposed: () => boolean;
  /** Seconds from the playhead that every stream has dealt with. */
  readonly dealtWith: () => number;
  /** Id of the representation at the playhead. */
  readonly shownAt: (kind: MediaKind, time: number) => string | undefined;
  readonly onSeek: () => void;
  /** The decoder sits on media, and nudging did not help. */
  readonly onGiveUp: (playhead: number) => void;
}

export interface Playback {
  /** Looks again; called for every event of the element and for whatever else may change the state. */
  look(event?: MediaEventType | 'look' | 'first-frame'): void;
  state(): PlayerState;
  shown(kind: MediaKind): string | undefined;
}

export function createPlayback(context: PlaybackContext): Playback {
  const { log } = context;
  let state: PlayerState = 'loading';
  let started = false;
  let seeking = false;
  let seekFrom = 0;
  let lastPlayhead = 0;
  let stalledSince: number | undefined;
  let stillSince = 0;
  let nudges = 0;
  /** Our own jumps and nudges are no seeks of the viewer. */
  let ownSeek = false;
  const shown: Partial<Record<MediaKind, string>> = {};

  function facts(seen: Observation): PlayerFacts {
    return {
      disposed: context.isDisposed(),
      failed: context.isFailed(),
      started,
      // The element seeks from the moment its time is set; its event comes a task later.
      seeking: seeking || ownSeek || seen.seeking,
      paused: seen.paused,
      ended: seen.ended,
      canGoOn: seen.readyState >= HAVE_FUTURE_DATA,
      networkAway: context.isAway(),
    };
  }

  function noteSeek(event: string | undefined, seen: Observation): void {
    if (event !== 'seeking') {
      if (seeking && !seen.seeking && (seen.readyState >= HAVE_FUTURE_DATA || seen.ended)) seeking = false;
      return;
    }
    if (ownSeek) return;
    if (started) log.report({ type: 'seek', from: seekFrom, to: seen.playhead });
    seeking = true;
    nudges = 0;
    context.onSeek();
  }

  function noteMovement(seen: Observation): void {
    const mayMove = !seen.paused && !seen.ended && canMove(seen);
    if (seen.playhead !== lastPlayhead || !mayMove) {
      if (!ownSeek && seen.playhead > lastPlayhead) nudges = 0;
      stillSince = log.now();
    }
    if (!seen.seeking) {
      ownSeek = false;
      seekFrom = seen.playhead;
    }
    lastPlayhead = seen.playhead;
  }

  function noteStart(event: string | undefined, seen: Observation): void {
    // A hidden page presents no frames: there, a playhead that moves is what tells.
    const isMoving = seen.playhead > 0.05 && !seen.paused && seen.readyState >= HAVE_FUTURE_DATA;
    if (started || !(event === 'first-frame' || isMoving)) return;
    started = true;
    log.report({ type: 'first-frame' });
  }

  function noteState(seen: Observation): void {
    const now = facts(seen);
    const next = playerState(now);
    if (next !== state) log.report({ type: 'state', state: next, previous: state, playhead: seen.playhead });
    state = next;
    const stalled = isStalled(now);
    if (stalled && stalledSince === undefined) {
      stalledSince = log.now();
      log.report({ type: 'stall', playhead: seen.playhead });
    } else if (!stalled && stalledSince !== undefined) {
      log.report({ type: 'resume', playhead: seen.playhead, duration: log.now() - stalledSince });
      stalledSince = undefined;
    }
  }

  function noteShown(seen: Observation): void {
    if (!started) return;
    for (const kind of ['video', 'audio'] as const) {
      const representation = context.shownAt(kind, seen.playhead);
      if (representation === undefined || representation === shown[kind]) continue;
      shown[kind] = representation;
      log.report({ type: 'shown', kind, representation, time: seen.playhead });
    }
  }

  function free(seen: Observation): void {
    if (seen.paused && started && !seeking) return;
    const { playhead, buffered } = seen;
    const stillFor = log.now() - stillSince;
    const remedy = unstick({ playhead, buffered, stillFor, dealtWith: context.dealtWith(), nudges });
    if (remedy.type === 'give-up') context.onGiveUp(playhead);
    if (remedy.type !== 'jump' && remedy.type !== 'nudge') return;
    if (remedy.type === 'jump') log.report({ type: 'gap', from: playhead, to: remedy.to });
    else log.report({ type: 'recovery', step: 'nudge', playhead });
    if (remedy.type === 'nudge') nudges += 1;
    ownSeek = true;
    context.media.seek(remedy.to);
  }

  return {
    look(event) {
      const seen = context.media.observe();
      noteSeek(event, seen);
      noteMovement(seen);
      noteStart(event, seen);
      noteState(seen);
      noteShown(seen);
      if (!context.isDisposed() && !context.isFailed() && !seen.ended) free(seen);
    },
    state: () => state,
    shown: (kind) => shown[kind],
  };
}
