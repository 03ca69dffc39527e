/** How long to wait before a worker takes the place of one that ended by itself. */

export interface RestartConfig {
  /** A worker that lived so long did not end for something that would end the next one at once. */
  readonly soundLifeMs: number;
  /** After the second short life in a row; doubled with each further one. */
  readonly firstDelayMs: number;
  /** Longer, and a machine that is well again would stay half empty. */
  readonly longestDelayMs: number;
}

export const DEFAULT_RESTART_CONFIG: RestartConfig = {
  soundLifeMs: 30_000,
  firstDelayMs: 500,
  longestDelayMs: 10_000,
};

/** Short lives in a row, of all workers together, after one more that lived `lifeMs`. */
export function countShortLives(before: number, lifeMs: number, config = DEFAULT_RESTART_CONFIG): number {
  return lifeMs >= config.soundLifeMs ? 0 : before + 1;
}

/** The first one is replaced at once. */
export function restartDelayMs(shortLives: number, config = DEFAULT_RESTART_CONFIG): number {
  if (shortLives < 2) return 0;
  return Math.min(config.longestDelayMs, config.firstDelayMs * 2 ** (shortLives - 2));
}
