// Says in a sentence over the film why it is not moving, while the viewer wants it to.
import type { PlayerState } from '../core/session/event.ts';
import type { WeirVideo } from '../element/weir-video.ts';

/** Waits shorter than this need no words. */
const PATIENCE_MS = 1500;

/** Empty for a state that needs no explanation. */
export function noticeOf(state: PlayerState): string {
  switch (state) {
    case 'stalled':
      return 'Waiting for more of the film: the connection is slower than it needs.';
    case 'waiting-for-network':
      return 'No connection. The film goes on by itself when it is back.';
    default:
      return '';
  }
}

/** Follows the player of `video`, whichever it is at the time. */
export function showStateNotices(video: WeirVideo, notice: HTMLElement, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop = (): void => {};

  const show = (state: PlayerState): void => {
    clearTimeout(timer);
    const text = noticeOf(state);
    if (text === '' || notice.textContent !== '') notice.textContent = text;
    else timer = setTimeout(() => (notice.textContent = text), PATIENCE_MS);
  };
  const follow = (): void => {
    stop();
    show('loading');
    stop = video.player?.subscribe((event) => event.type === 'state' && show(event.state)) ?? (() => {});
  };
  const end = (): void => {
    clearTimeout(timer);
    stop();
  };

  video.addEventListener('playerchange', follow, { signal });
  signal.addEventListener('abort', end, { once: true });
  follow();
}
