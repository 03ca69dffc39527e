/** When a viewer first sees, or at least could hear, something. */

/** Resolves at the first frame presented; for media without pictures, when sound can be played. Rejects when aborted. */
export function whenFirstFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if ('requestVideoFrameCallback' in video) {
      const handle = video.requestVideoFrameCallback(() => resolve());
      signal.addEventListener('abort', () => video.cancelVideoFrameCallback(handle), { once: true });
    }
    const onData = () => {
      if (video.videoWidth === 0 || !('requestVideoFrameCallback' in video)) resolve();
    };
    video.addEventListener('loadeddata', onData, { signal });
  });
}
