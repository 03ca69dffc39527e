/** What the adaptation loop needs to know and may change of one kind of media: the contract of a stream. */
import type { ChoiceReason } from '../core/abr/choose.ts';
import type { AdaptationSet, Representation, Segment } from '../core/dash/presentation.ts';
import type { StreamingError } from '../core/errors.ts';
import type { GoalConfig, StreamView } from '../core/loop/next-action.ts';
import type { MediaKind } from '../core/session/event.ts';
import type { BufferQueue } from '../screen/buffer-queue.ts';
import type { AppendContext } from './append-segment.ts';
import type { Bell } from './bell.ts';
import type { LinkState } from './link-state.ts';
import type { Observation } from './media-element.ts';
import type { Scope } from './scope.ts';
import type { SegmentLists } from './segment-lists.ts';
import type { SessionLog } from './session-log.ts';

export interface StreamPeriod {
  readonly start: number;
  readonly end: number;
  readonly set: AdaptationSet;
}

export interface StreamContext {
  readonly kind: MediaKind;
  readonly duration: number;
  readonly queue: BufferQueue;
  readonly lists: SegmentLists;
  readonly link: LinkState;
  readonly log: SessionLog;
  readonly observe: () => Observation;
  /** Bits per second that this kind of media may count on. */
  readonly share: () => number | undefined;
  /** Seconds ahead of the playhead that the other kind holds; undefined when there is no other. */
  readonly otherAhead: () => number | undefined;
  /** Everything up to the end is there. */
  readonly onEnd: () => void;
}

export interface Stream extends AppendContext {
  readonly bell: Bell;
  readonly context: StreamContext;
  view(): StreamView;
  /** Seconds from the playhead to the first thing missing. */
  ahead(): number;
  /** Seconds that the media element can play on, with all kinds of media together. */
  playableAhead(): number;
  goal(): GoalConfig;
  periodAt(time: number): StreamPeriod;
  /** Representations that may serve the segment at `time`, by ascending bandwidth; never empty. */
  candidates(time: number): readonly Representation[];
  lowerSizes(lower: readonly Representation[], segment: Segment): number[];
  /** The request under way. */
  open(scope: Scope): void;
  close(): void;
  choose(representation: Representation, segment: Segment, reason: ChoiceReason): void;
  initializedWith(representation: Representation): boolean;
  setInitialized(representation: Representation | undefined): void;
  /** Of a segment that reaches beyond its period only the part inside is held: the append window dropped the rest. */
  appended(representation: Representation, segment: Segment, period: StreamPeriod, bytes: number): void;
  /** Reads the indexes of the other representations of a period, once: from then on choices know real sizes, and a switch costs no extra request. */
  prepareAll(period: StreamPeriod): Promise<void>;
  hole(start: number, end: number): void;
  holesInRow(): number;
  /** Leaves a representation out: at one place, or (undefined) altogether. */
  avoid(representation: Representation, place: number | undefined, why: StreamingError): void;
  /** @throws StreamingError the last one met, when the end is reached and not a single segment could be had. */
  checkMedia(): void;
  setEnded(ended: boolean): void;
  isEnded(): boolean;
  /** Id of the representation at the playhead. */
  shownAt(time: number): string | undefined;
  /** The playhead jumped: gives up a request that no longer serves it. */
  seeked(): void;
  pin(id: string | undefined): void;
  pinned(): string | undefined;
  /** Bits per second of the representation chosen last; 0 before. */
  bandwidth(): number;
  replaceSet(set: AdaptationSet): void;
}
