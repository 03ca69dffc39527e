/** How large the files of each rung have grown so far: what a person who waits can watch. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rung } from '../ladder/ladder.ts';

export interface RungSizes {
  readonly rungs: readonly Rung[];
  /** From one sync picture to the next. */
  readonly groupSeconds: number;
  /** Bytes of each rung when it was last looked; in the order of the rungs. */
  latest(): readonly number[];
  /** Looks again, in its own time; never more than once at a time. */
  look(): void;
}

type WatchedRungs = Pick<RungSizes, 'rungs' | 'groupSeconds'>;

/** `directory` is the work folder, where each job leaves `<rung>.<job>.raw`. */
export function createRungSizes(directory: string, { rungs, groupSeconds }: WatchedRungs): RungSizes {
  let sizes: readonly number[] = rungs.map(() => 0);
  let isLooking = false;
  return {
    rungs,
    groupSeconds,
    latest: () => sizes,
    look: () => {
      if (isLooking) return;
      isLooking = true;
      sizesIn(directory, rungs)
        .then((found) => {
          sizes = found;
        })
        .finally(() => {
          isLooking = false;
        });
    },
  };
}

/** A file that is removed meanwhile has no size any more. */
async function sizesIn(directory: string, rungs: readonly Rung[]): Promise<number[]> {
  const names = await readdir(directory).catch(() => []);
  return Promise.all(
    rungs.map(async ({ id }) => {
      const files = names.filter((name) => name.startsWith(`${id}.`) && name.endsWith('.raw'));
      const found = await Promise.all(
        files.map((name) => stat(join(directory, name)).catch(() => undefined)),
      );
      return found.reduce((sum, status) => sum + (status?.size ?? 0), 0);
    }),
  );
}
