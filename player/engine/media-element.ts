/** The one reader of the media element: everything else sees immutable observations of it. */
import type { TimeRange } from '../core/ranges.ts';
import { toRanges } from '../screen/buffer-queue.ts';

export interface Observation {
  readonly playhead: number;
  readonly playbackRate: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly seeking: boolean;
  /** HTMLMediaElement.readyState. */
  readonly readyState: number;
  readonly buffered: readonly TimeRange[];
}

export interface MediaElement {
  observe(): Observation;
  /** Seconds; before the metadata are there it is kept and done then, once. */
  seek(time: number): void;
}

/** HAVE_METADATA, HAVE_FUTURE_DATA of the HTML standard. */
const HAVE_METADATA = 1;
export const HAVE_FUTURE_DATA = 3;

const EVENTS = [
  'play',
  'pause',
  'playing',
  'waiting',
  'seeking',
  'seeked',
  'timeupdate',
  'progress',
  'loadeddata',
  'canplay',
  'ended',
  'ratechange',
  'error',
] as const;

export type MediaEventType = (typeof EVENTS)[number];

/** Milliseconds between looks while playing: `waiting` and `timeupdate` alone come late, or not at all, on some devices. */
const LOOK_INTERVAL_MS = 200;

export function createMediaElement(
  video: HTMLMediaElement,
  startTime: number,
  onEvent: (type: MediaEventType | 'look') => void,
  signal: AbortSignal,
): MediaElement {
  let waitingSeek: number | undefined = startTime > 0 ? startTime : undefined;
  const settle = () => {
    if (waitingSeek !== undefined && video.readyState >= HAVE_METADATA) {
      video.currentTime = waitingSeek;
      waitingSeek = undefined;
    }
  };
  video.addEventListener('loadedmetadata', settle, { signal });
  for (const type of EVENTS) video.addEventListener(type, () => onEvent(type), { signal });
  const looking = setInterval(() => onEvent('look'), LOOK_INTERVAL_MS);
  signal.addEventListener('abort', () => clearInterval(looking), { once: true });
  return {
    observe: () => ({
      playhead: waitingSeek ?? video.currentTime,
      playbackRate: Math.max(0.1, video.playbackRate),
      paused: video.paused,
      ended: video.ended,
      seeking: video.seeking,
      readyState: video.readyState,
      buffered: toRanges(video.buffered),
    }),
    seek(time) {
      waitingSeek = time;
      settle();
    },
  };
}
