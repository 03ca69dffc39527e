/** The player's state as a function of what is seen: it is derived anew each time, so it cannot go stale. */
import type { PlayerState } from './event.ts';

export interface PlayerFacts {
  readonly disposed: boolean;
  readonly failed: boolean;
  /** The MPD is read and the media element has its first frame (or sound). */
  readonly started: boolean;
  /** A seek has begun and playback has not had enough data since. */
  readonly seeking: boolean;
  readonly paused: boolean;
  readonly ended: boolean;
  /** The media element can go on from the playhead (HTMLMediaElement.readyState ≥ HAVE_FUTURE_DATA). */
  readonly canGoOn: boolean;
  /** The last thing heard of the network is silence. */
  readonly networkAway: boolean;
}

export function playerState(facts: PlayerFacts): PlayerState {
  if (facts.disposed) return 'disposed';
  if (facts.failed) return 'failed';
  const starving = !facts.canGoOn && !facts.ended;
  if (starving && facts.networkAway) return 'waiting-for-network';
  if (!facts.started) return 'loading';
  if (facts.ended) return 'ended';
  if (facts.seeking) return 'seeking';
  if (facts.paused) return 'paused';
  return starving ? 'stalled' : 'playing';
}

/** Whether a viewer sees a picture that should move and does not. */
export function isStalled(facts: PlayerFacts): boolean {
  const shouldMove = facts.started && !facts.seeking && !facts.paused && !facts.ended;
  return shouldMove && !facts.canGoOn && !facts.failed && !facts.disposed;
}
