/** Opens a MediaSource on a media element and closes it without leaving anything behind. */
import { StreamingError } from '../core/errors.ts';
import { type BufferQueue, createBufferQueue } from './buffer-queue.ts';

export interface Screen {
  /**
   * All buffers must be added before the first append: a browser may refuse later ones.
   * @throws StreamingError `media-source` when the browser refuses the type.
   */
  addBuffer(type: string): BufferQueue;
  /**
   * Waits for every buffer, then tells the browser that nothing more comes: `ended` can fire, the duration becomes
   * exact. False when that is said already, or when a buffer has work again: call it once more afterwards.
   */
  endOfStream(): Promise<boolean>;
}

/** Whether this browser can play media of a MIME type with codecs through MediaSource. */
export function canPlay(type: string): boolean {
  return mediaSourceClass()?.isTypeSupported(type) ?? false;
}

/** iPhones offer ManagedMediaSource alone. */
function mediaSourceClass(): typeof MediaSource | undefined {
  const platform: { ManagedMediaSource?: typeof MediaSource; MediaSource?: typeof MediaSource } = globalThis;
  return platform.MediaSource ?? platform.ManagedMediaSource;
}

/**
 * Resolves when buffers can be added. The abort of `signal` detaches the element and frees the object URL.
 * @throws StreamingError `media-source` when the browser has none.
 */
export async function openScreen(
  video: HTMLMediaElement,
  duration: number,
  signal: AbortSignal,
): Promise<Screen> {
  signal.throwIfAborted();
  const Class = mediaSourceClass();
  if (!Class) throw new StreamingError('media-source', 'This browser has no Media Source Extensions.');
  const mediaSource = new Class();
  const opened = once(mediaSource, 'sourceopen', signal);
  const url = URL.createObjectURL(mediaSource);
  signal.addEventListener('abort', () => detach(video, url), { once: true });
  // Without this a ManagedMediaSource never opens.
  if (Class !== globalThis.MediaSource) video.disableRemotePlayback = true;
  video.src = url;
  await opened;
  mediaSource.duration = duration;
  const queues: BufferQueue[] = [];
  return {
    addBuffer(type) {
      const queue = createBufferQueue(addSourceBuffer(mediaSource, type), type, signal);
      queues.push(queue);
      return queue;
    },
    async endOfStream() {
      await Promise.all(queues.map((queue) => queue.idle()));
      const busy = [...mediaSource.sourceBuffers].some((buffer) => buffer.updating);
      if (signal.aborted || busy || mediaSource.readyState !== 'open') return false;
      mediaSource.endOfStream();
      return true;
    },
  };
}

function addSourceBuffer(mediaSource: MediaSource, type: string): SourceBuffer {
  try {
    return mediaSource.addSourceBuffer(type);
  } catch (error) {
    throw new StreamingError('media-source', `The browser gives no buffer for ${type}.`, { type }, error);
  }
}

/** Only what is still ours: the page may have put another source into the element since. */
function detach(video: HTMLMediaElement, url: string): void {
  URL.revokeObjectURL(url);
  if (video.src !== url) return;
  video.removeAttribute('src');
  video.load();
}

function once(target: EventTarget, type: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    target.addEventListener(type, () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
