/**
 * Somebody who watches: a page with a player, all that its session reports as it happens, and the hands on the controls.
 * Waiting is for events, never for time; what does not come within its deadline fails with what came instead.
 */
import type { Page } from '@playwright/test';
import type { SessionEvent, SessionEventType } from '../player/core/session/event.ts';
import type { WeirVideo } from '../player/element/weir-video.ts';

type EventOf<T extends SessionEventType> = Extract<SessionEvent, { type: T }>;

export interface Viewer {
  readonly page: Page;
  /** What has happened so far, oldest first; it grows by itself. */
  readonly events: readonly SessionEvent[];
  /** Those of one type, from position `since` of `events` on (default: from the beginning). */
  eventsOf<T extends SessionEventType>(type: T, since?: number): readonly EventOf<T>[];
  /** The first event of `type` that satisfies `where`: one that is already there, or one to come. */
  waitFor<T extends SessionEventType>(type: T, options?: WaitOptions<EventOf<T>>): Promise<EventOf<T>>;
  /** The playhead is at `time` or behind it. */
  waitForPlayhead(time: number): Promise<void>;
  /** Sets `currentTime`, as a click on the time line does. */
  seek(time: number): Promise<void>;
  look(): Promise<Look>;
}

export interface WaitOptions<E> {
  readonly where?: (event: E) => boolean;
  /** Only events from this position of `events` on count. */
  readonly since?: number;
  /** Seconds. Default 60. */
  readonly within?: number;
}

/** What can be seen of the <video> element. */
export interface Look {
  readonly playhead: number;
  readonly duration: number;
  readonly paused: boolean;
  readonly ended: boolean;
  readonly pictureHeight: number;
  readonly buffered: readonly { readonly start: number; readonly end: number }[];
}

/** Call it before the page is opened. */
export async function createViewer(page: Page): Promise<Viewer> {
  const events: SessionEvent[] = [];
  const listeners = new Set<() => void>();
  await page.exposeBinding('reportToTest', (_source, event: SessionEvent) => {
    events.push(event);
    for (const listener of listeners) listener();
  });
  await page.addInitScript(relayEvents);

  const eventsOf = <T extends SessionEventType>(type: T, since = 0): EventOf<T>[] =>
    events.slice(since).filter((event): event is EventOf<T> => event.type === type);

  return {
    page,
    events,
    eventsOf,
    waitFor(type, { where = () => true, since = 0, within = 60 } = {}) {
      return new Promise((resolve, reject) => {
        const finish = (settle: () => void): void => {
          clearTimeout(deadline);
          listeners.delete(look);
          settle();
        };
        const look = (): void => {
          const event = eventsOf(type, since).find(where);
          if (event) finish(() => resolve(event));
        };
        const deadline = setTimeout(
          () => finish(() => reject(new Error(tooLate(`No event "${type}" (${where})`, within, events)))),
          within * 1000,
        );
        listeners.add(look);
        look();
      });
    },
    async waitForPlayhead(time) {
      await page.waitForFunction(
        (at) => (document.querySelector('weir-video')?.currentTime ?? 0) >= at,
        time,
      );
    },
    async seek(time) {
      await page.evaluate((to) => {
        const element = document.querySelector('weir-video');
        if (element) element.currentTime = to;
      }, time);
    },
    look: () => page.evaluate(lookAtVideo),
  };
}

/** Runs in the page. Events before the player was seen come out of its own log. */
function relayEvents(): void {
  const { reportToTest } = window as unknown as { reportToTest(event: SessionEvent): void };
  const follow = ({ target }: Event): void => {
    const { player } = target as WeirVideo;
    player?.exportSession().events.forEach(reportToTest);
    player?.subscribe(reportToTest);
  };
  document.addEventListener('playerchange', follow, { capture: true });
}

/** Runs in the page. */
function lookAtVideo(): Look {
  const video = document.querySelector<WeirVideo>('weir-video')?.nativeEl;
  if (!video) throw new Error('There is no <weir-video> in the page.');
  const { buffered } = video;
  return {
    playhead: video.currentTime,
    duration: video.duration,
    paused: video.paused,
    ended: video.ended,
    pictureHeight: video.videoHeight,
    buffered: Array.from({ length: buffered.length }, (_, i) => ({
      start: buffered.start(i),
      end: buffered.end(i),
    })),
  };
}

function tooLate(what: string, within: number, events: readonly SessionEvent[]): string {
  const last = events.slice(-12).map((event) => JSON.stringify(event));
  return [`${what} within ${within} s. The last of ${events.length} events:`, ...last].join('\n  ');
}
