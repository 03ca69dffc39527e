/** How far a file is: numbers for whoever shows them. */

export interface Progress {
  /** 0 … 1, never less than before; `undefined` while the length of the input is unknown. */
  readonly share: number | undefined;
  /** Seconds of the film that are encoded. */
  readonly done: number;
  /** Seconds of film for each second of waiting; 0 at the start. */
  readonly speed: number;
  /** Seconds to go; `undefined` while that cannot be told. */
  readonly remaining: number | undefined;
}

/** The last percent belongs to what follows the encoder: indexing, checking, publishing. */
const ENCODING_SHARE = 0.99;

/**
 * `duration` in seconds is what the container says, if it does; `now` gives seconds on a clock that only runs forward.
 * The returned function takes how many seconds of the film are done.
 */
export function createProgressMeter(
  duration: number | undefined,
  now: () => number,
): (done: number) => Progress {
  const start = now();
  let share = 0;
  return (done) => {
    const waited = now() - start;
    const speed = waited > 0 ? done / waited : 0;
    if (!duration) return { share: undefined, done, speed, remaining: undefined };
    share = Math.max(share, Math.min(1, done / duration) * ENCODING_SHARE);
    const remaining = speed > 0 ? Math.max(0, duration - done) / speed : undefined;
    return { share, done, speed, remaining };
  };
}
