/** Puts right whatever killed runs left in the library, and removes what is kept no longer. Call it before packaging. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent } from './current-title.ts';
import { DEFAULT_FORMER_CONFIG, type FormerConfig } from './former-versions.ts';
import { isProcessAlive } from './process-alive.ts';
import { removeExpired, settleTitle } from './settle-title.ts';
import { isTitleId } from './title.ts';

export interface RecoverOptions {
  readonly config?: FormerConfig;
  readonly now?: Date;
  readonly isAlive?: (pid: number) => boolean;
}

/** A library that does not exist is in order. Titles in the making of processes that live are theirs. */
export async function recoverLibrary(
  library: string,
  { config = DEFAULT_FORMER_CONFIG, now = new Date(), isAlive = isProcessAlive }: RecoverOptions = {},
): Promise<void> {
  for (const name of await namesIn(library)) {
    const [, pid] = /^\.partial-.+-(\d+)$/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) {
      await rm(join(library, name), { recursive: true, force: true, maxRetries: 3 });
    }
    if (!isTitleId(name)) continue;
    await settleTitle(join(library, name), { now, config });
    await removeExpired(join(library, name), { now, config });
  }
}

async function namesIn(library: string): Promise<string[]> {
  return readdir(library).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
}
