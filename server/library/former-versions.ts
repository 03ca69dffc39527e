/** Which earlier versions of a title are kept when it is published again, and for how long. */
import type { FormerVersion, Title } from './title.ts';

export interface FormerConfig {
  /** As long as somebody may go on with a film whose MPD was read before: a day covers a pause over night. */
  readonly graceSeconds: number;
  /** At most so many, the newest: whoever publishes every hour needs a limit on the disk rather than on time. */
  readonly maxFormer: number;
}

/** When something is published, settled or tidied up, and by what rules. */
export interface Moment {
  readonly now: Date;
  readonly config: FormerConfig;
}

export const DEFAULT_FORMER_CONFIG: FormerConfig = { graceSeconds: 24 * 60 * 60, maxFormer: 4 };

/** What `former` of a title becomes that takes the place of `current` (undefined: of nothing) at the time `now`. */
export function formerAfter(
  current: Title | undefined,
  version: string,
  { now, config }: Moment,
): FormerVersion[] {
  if (!current) return [];
  return [leaving(current, now), ...(current.former ?? [])]
    .filter((former) => former.version !== version && !isExpired(former, now, config))
    .slice(0, config.maxFormer);
}

export function isExpired({ replaced }: FormerVersion, now: Date, { graceSeconds }: FormerConfig): boolean {
  return now.getTime() - Date.parse(replaced) >= graceSeconds * 1000;
}

function leaving({ version, created, files }: Title, now: Date): FormerVersion {
  const lasting = Object.entries(files).filter(([name]) => name.startsWith(`${version}/`));
  return { version, created, replaced: now.toISOString(), files: Object.fromEntries(lasting) };
}
