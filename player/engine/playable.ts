/** Which adaptation sets of a presentation this browser plays, and in what order they are preferred. */
import type { AdaptationSet, Period, Presentation, Representation } from '../core/dash/presentation.ts';
import { StreamingError } from '../core/errors.ts';
import type { MediaKind } from '../core/session/event.ts';
import { preferAudio, preferVideo } from './prefer-sets.ts';

/** Seconds by which a playhead at the start of a period may lie before it. */
const ROUNDING = 1e-3;

export interface PlayablePeriod {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  /** The best playable set of each kind comes first; empty when the period has none. */
  readonly sets: Readonly<Record<MediaKind, readonly AdaptationSet[]>>;
}

/** The period at `time`, the first one before it; undefined when there is none at all. */
export function findPeriod<P extends { readonly start: number }>(
  periods: readonly P[],
  time: number,
): P | undefined {
  return periods.findLast(({ start }) => start <= time + ROUNDING) ?? periods[0];
}

/** What `MediaSource.isTypeSupported` and `addSourceBuffer` take. */
export function mediaType(representation: Representation): string {
  const { mimeType, codecs } = representation;
  return codecs === '' ? mimeType : `${mimeType}; codecs="${codecs}"`;
}

/**
 * @throws StreamingError `nothing-playable` when a period has media and none of it can be played here; the message
 * says what it is and why. `mpd-unsupported` when one period has a kind of media that another lacks: a SourceBuffer
 * that is empty for a whole period holds up all others. `thrifty` are the families of codecs that this device decodes at
 * little cost.
 */
export function selectPlayable(
  presentation: Presentation,
  canPlay: (type: string) => boolean,
  thrifty: ReadonlySet<string> = new Set(),
): PlayablePeriod[] {
  const periods = presentation.periods
    .filter((period) => period.duration > 0)
    .map((period) => select(period, canPlay, thrifty));
  if (periods.length === 0)
    throw new StreamingError('nothing-playable', 'The presentation has no period with media.');
  for (const kind of ['video', 'audio'] as const) {
    const without = periods.find((period) => period.sets[kind].length === 0);
    if (without && periods.some((period) => period.sets[kind].length > 0)) throw unequal(without.id, kind);
  }
  return periods;
}

function select(
  period: Period,
  canPlay: (type: string) => boolean,
  thrifty: ReadonlySet<string>,
): PlayablePeriod {
  const playable = period.adaptationSets.flatMap((set) => playableSet(set, canPlay) ?? []);
  const sets = {
    video: preferVideo(
      playable.filter((set) => set.contentType === 'video'),
      thrifty,
    ),
    audio: preferAudio(playable.filter((set) => set.contentType === 'audio')),
  };
  for (const kind of ['video', 'audio'] as const) {
    const offered = period.adaptationSets.filter((set) => set.contentType === kind);
    if (offered.length > 0 && sets[kind].length === 0) throw notPlayable(period, kind, offered);
  }
  if (sets.video.length + sets.audio.length === 0) {
    throw new StreamingError('nothing-playable', `Period "${period.id}" has neither video nor audio.`, {
      period: period.id,
    });
  }
  return { id: period.id, start: period.start, end: period.start + period.duration, sets };
}

function playableSet(set: AdaptationSet, canPlay: (type: string) => boolean): AdaptationSet | undefined {
  if (set.protection.length > 0) return undefined;
  const representations = set.representations.filter((representation) => canPlay(mediaType(representation)));
  return representations.length > 0 ? { ...set, representations } : undefined;
}

function notPlayable(period: Period, kind: MediaKind, offered: readonly AdaptationSet[]): StreamingError {
  const types = [...new Set(offered.flatMap((set) => set.representations.map(mediaType)))];
  const isProtected = offered.every((set) => set.protection.length > 0);
  const why = isProtected
    ? `The ${kind} is encrypted, which this player does not decrypt.`
    : `This browser plays none of the ${kind} offered: ${types.join(', ')}.`;
  return new StreamingError('nothing-playable', why, { period: period.id, kind });
}

function unequal(period: string, kind: MediaKind): StreamingError {
  const message = `Period "${period}" has no ${kind}, other periods have: this player needs the same kinds in every period.`;
  return new StreamingError('mpd-unsupported', message, { period, kind });
}
