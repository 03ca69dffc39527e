// The engine without a user interface: what `weir.js` exports.

export type { ChoiceReason } from '../core/abr/choose.ts';
export type {
  AdaptationSet,
  Period,
  Presentation,
  Representation,
  Resource,
} from '../core/dash/presentation.ts';
export { type ErrorCode, type ErrorDetails, StreamingError } from '../core/errors.ts';
export type { MediaKind, PlayerState, SessionEvent } from '../core/session/event.ts';
export type { SegmentRequest, SegmentResponse, SegmentSource } from '../fetch/segment-source.ts';
export { createPlayer } from './create-player.ts';
export type { Player, PlayerOptions, Session } from './player.ts';
