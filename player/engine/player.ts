/** The public face of the engine: what `createPlayer` takes and gives. */
import type { Presentation, Representation } from '../core/dash/presentation.ts';
import type { StreamingError } from '../core/errors.ts';
import type { PlayerState, SessionEvent } from '../core/session/event.ts';
import type { SegmentSource } from '../fetch/segment-source.ts';

export interface PlayerOptions {
  /** URL of an MPD; relative ones resolve against the document. */
  readonly url: string;
  /** Aborting it disposes the player. */
  readonly signal?: AbortSignal;
  /** Seconds; where playback begins. Default 0. */
  readonly startTime?: number;
  /** Replaces the HTTP source under retry and measurement: for peers and tests. */
  readonly source?: SegmentSource;
}

/** A piece of the past: everything needed to look at a session again. JSON-safe. */
export interface Session {
  readonly format: 1;
  readonly url: string;
  readonly userAgent: string;
  readonly events: readonly SessionEvent[];
}

export interface Player {
  /**
   * Resolves when the MPD is read, the MediaSource is open and its SourceBuffers exist.
   * @throws StreamingError when there is nothing to play; the signal's reason when disposed before.
   */
  readonly ready: Promise<Presentation>;
  /** Undefined until `ready`. */
  readonly presentation: Presentation | undefined;
  readonly state: PlayerState;
  /** Why the player failed; undefined while it has not. */
  readonly error: StreamingError | undefined;
  /** Video representations that this browser plays in the period at the playhead, by ascending bandwidth. */
  readonly videoRepresentations: readonly Representation[];
  /** Audio adaptation sets to choose from in the period at the playhead: of those that sound alike, one codec. */
  readonly audioSets: readonly {
    readonly id: string;
    readonly lang: string;
    readonly label: string;
    readonly roles: readonly string[];
    /** As far as the MPD says. */
    readonly channels?: number;
  }[];
  /** Id of the audio adaptation set in use. */
  readonly audioSet: string | undefined;
  /** Id of the representation on the screen; undefined before the first frame and for audio-only presentations. */
  readonly shown: string | undefined;
  /** Id of the pinned video representation; undefined means automatic. */
  readonly pinned: string | undefined;
  /** Pins a video representation from the next segment on, or (undefined) returns to automatic choice. Unknown ids are ignored. */
  pin(representationId: string | undefined): void;
  /** Switches to another audio adaptation set at the playhead. Unknown ids are ignored. */
  selectAudio(setId: string): void;
  /** Calls `listener` for every event from now on; returns the function that stops it. */
  subscribe(listener: (event: SessionEvent) => void): () => void;
  /** The last events of the session (a bounded ring), oldest first. */
  exportSession(): Session;
  /** Detaches from the element and frees everything: no timer, listener, object URL or request is left. Idempotent. */
  dispose(): void;
}
