/** Wires the engine: MPD, screen, one adaptation loop for each kind of media, and the watch over playback. */

import type { AdaptationSet, Presentation } from '../core/dash/presentation.ts';
import { readMpd } from '../core/dash/read-mpd.ts';
import { StreamingError } from '../core/errors.ts';
import type { MediaKind } from '../core/session/event.ts';
import { canPlay, openScreen, type Screen } from '../screen/media-source.ts';
import { isThrifty } from '../screen/thrifty-decoding.ts';
import { runAdaptationLoop } from './adaptation-loop.ts';
import { createStream } from './create-stream.ts';
import { whenFirstFrame } from './first-frame.ts';
import { createLinkState } from './link-state.ts';
import { createMediaElement, type MediaElement } from './media-element.ts';
import { findPeriod, mediaType, type PlayablePeriod, selectPlayable } from './playable.ts';
import { createPlayback } from './playback.ts';
import type { Player, PlayerOptions } from './player.ts';
import { channelsOf } from './prefer-sets.ts';
import { createSegmentLists } from './segment-lists.ts';
import { createSessionLog } from './session-log.ts';
import type { Stream } from './stream.ts';
import { findThriftyCodecs } from './thrifty-codecs.ts';

const KINDS = ['video', 'audio'] as const;
/** Part of the throughput that audio may take beside video: it must never cost a picture. */
const AUDIO_SHARE = 0.2;
/** Part of the throughput that video may count on at least, however much audio there is. */
const LEAST_VIDEO_SHARE = 0.5;

/** Begins to load at once; nothing is thrown, failures show in `ready`, `state`, `error` and the events. */
export function createPlayer(video: HTMLVideoElement, options: PlayerOptions): Player {
  const controller = new AbortController();
  const { signal } = controller;
  const log = createSessionLog(() => performance.now() / 1000);
  const url = absoluteUrl(options.url);
  const link = createLinkState(log, options.source);
  const streams = new Map<MediaKind, Stream>();
  let presentation: Presentation | undefined;
  let periods: readonly PlayablePeriod[] = [];
  let error: StreamingError | undefined;

  const media: MediaElement = createMediaElement(video, options.startTime ?? 0, onMediaEvent, signal);
  const { observe } = media;
  const playback = createPlayback({
    log,
    media,
    isAway: link.isAway,
    isFailed: () => error !== undefined,
    isDisposed: () => signal.aborted,
    dealtWith: () => Math.min(...[...streams.values()].map((stream) => stream.ahead()), Number.MAX_VALUE),
    shownAt: (kind, time) => streams.get(kind)?.shownAt(time),
    onSeek() {
      for (const stream of streams.values()) stream.seeked();
    },
    onGiveUp: (playhead) =>
      fail(new StreamingError('decode-failed', `Playback does not go on at ${playhead.toFixed(1)} seconds.`)),
  });

  function onMediaEvent(type: Parameters<typeof playback.look>[0]): void {
    if (type === 'error' && video.error) {
      fail(
        new StreamingError(
          'decode-failed',
          `The browser cannot decode the media: ${video.error.message || `error ${video.error.code}`}.`,
        ),
      );
    }
    playback.look(type);
    for (const stream of streams.values()) stream.bell.ring();
  }

  function fail(reason: unknown): void {
    if (signal.aborted || error) return;
    error =
      reason instanceof StreamingError
        ? reason
        : new StreamingError('media-source', `The player failed: ${String(reason)}`, {}, reason);
    log.report({ type: 'error', code: error.code, message: error.message });
    running.abort(error);
    playback.look();
  }

  /** Ends the loops when the player has failed; the element keeps what it has. */
  const running = new AbortController();
  signal.addEventListener('abort', () => running.abort(signal.reason), { once: true });

  async function load(): Promise<Presentation> {
    log.report({ type: 'load', url });
    const response = await link.mpd.fetch({ kind: 'mpd', urls: [url] }, signal);
    presentation = readMpd(new TextDecoder().decode(response.bytes), response.url);
    const thrifty = await findThriftyCodecs(presentation, canPlay, isThrifty);
    signal.throwIfAborted();
    periods = selectPlayable(presentation, canPlay, thrifty);
    log.report({ type: 'presentation', duration: presentation.duration, periods: periods.length });
    const screen = await openScreen(video, presentation.duration, signal);
    start(screen, presentation.duration);
    return presentation;
  }

  function start(screen: Screen, duration: number): void {
    const lists = createSegmentLists(link.media, running.signal);
    const kinds = KINDS.filter((kind) => periods.some((period) => period.sets[kind].length > 0));
    for (const kind of kinds) {
      const streamPeriods = periods.flatMap(({ start: from, end, sets }) => {
        const set = sets[kind][0];
        return set ? [{ start: from, end, set }] : [];
      });
      const first = streamPeriods[0]?.set.representations[0];
      if (!first) continue;
      const context = {
        kind,
        duration,
        queue: screen.addBuffer(mediaType(first)),
        lists,
        link,
        log,
        observe,
        share: () => share(kind),
        otherAhead: () => {
          const other = streams.get(kind === 'video' ? 'audio' : 'video');
          return other?.ahead();
        },
        onEnd: () => void endOfStream(screen),
      };
      streams.set(kind, createStream(context, streamPeriods));
    }
    for (const stream of streams.values()) runAdaptationLoop(stream, running.signal).catch(fail);
    whenFirstFrame(video, signal).then(
      () => playback.look('first-frame'),
      () => undefined,
    );
  }

  async function endOfStream(screen: Screen): Promise<void> {
    if (![...streams.values()].every((stream) => stream.isEnded())) return;
    if (await screen.endOfStream()) log.report({ type: 'end-of-stream', duration: video.duration });
  }

  function share(kind: MediaKind): number | undefined {
    const throughput = link.throughput();
    if (throughput === undefined || streams.size < 2) return throughput;
    if (kind === 'audio') return throughput * AUDIO_SHARE;
    return Math.max(throughput * LEAST_VIDEO_SHARE, throughput - (streams.get('audio')?.bandwidth() ?? 0));
  }

  function setsAtPlayhead(kind: MediaKind): readonly AdaptationSet[] {
    return findPeriod(periods, observe().playhead)?.sets[kind] ?? [];
  }

  function currentSet(kind: MediaKind): AdaptationSet | undefined {
    return streams.get(kind)?.periodAt(observe().playhead).set;
  }

  function dispose(): void {
    if (signal.aborted) return;
    options.signal?.removeEventListener('abort', dispose);
    controller.abort(new DOMException('The player was disposed.', 'AbortError'));
    playback.look();
  }
  if (options.signal?.aborted) dispose();
  options.signal?.addEventListener('abort', dispose, { once: true });

  const ready = load();
  ready.catch(fail);

  return {
    ready,
    get presentation() {
      return presentation;
    },
    get state() {
      return playback.state();
    },
    get error() {
      return error;
    },
    get videoRepresentations() {
      return currentSet('video')?.representations ?? [];
    },
    get audioSets() {
      return setsAtPlayhead('audio').map(describeAudio);
    },
    get audioSet() {
      return currentSet('audio')?.id;
    },
    get shown() {
      return playback.shown('video');
    },
    get pinned() {
      return streams.get('video')?.pinned();
    },
    pin(id) {
      const known = id === undefined || currentSet('video')?.representations.some((r) => r.id === id);
      if (known) streams.get('video')?.pin(id);
    },
    selectAudio(id) {
      const set = setsAtPlayhead('audio').find((each) => each.id === id);
      if (set) streams.get('audio')?.replaceSet(set);
    },
    subscribe: log.subscribe,
    exportSession: () => ({ format: 1, url, userAgent: navigator.userAgent, events: log.events() }),
    dispose,
  };
}

function describeAudio(set: AdaptationSet): Player['audioSets'][number] {
  const { id, lang, label, roles } = set;
  const channels = channelsOf(set);
  return { id, lang, label, roles, ...(channels === undefined ? {} : { channels }) };
}

/** An address that is none stays as it is: the request for it fails, and says so, like any other. */
function absoluteUrl(url: string): string {
  return URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url;
}
