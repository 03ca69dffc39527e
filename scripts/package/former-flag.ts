/** The flag `--keep-former TIME` of `npm run package`. */
import { DEFAULT_FORMER_CONFIG, type FormerConfig } from '../../server/library/former-versions.ts';
import { readDuration } from '../read-duration.ts';

export const FORMER_OPTION = { 'keep-former': { type: 'string' } } as const;

export const FORMER_HELP = `\
  --keep-former TIME    how long the former version of a title stays for those who are watching it: 0s,
                        90m, 12h, 7d; applies to all titles of the library (default: 24h)`;

/** With a sentence for a value that cannot be; one that is missing is told elsewhere. */
export function readFormerFlag(value: string | boolean | undefined): {
  former: FormerConfig;
  faults: readonly string[];
} {
  if (typeof value !== 'string' || value.trim() === '') return { former: DEFAULT_FORMER_CONFIG, faults: [] };
  const graceSeconds = readDuration(value.trim());
  if (graceSeconds === undefined) {
    return {
      former: DEFAULT_FORMER_CONFIG,
      faults: [`--keep-former takes a time, as 90m, 12h or 7d, not "${value}".`],
    };
  }
  return { former: { ...DEFAULT_FORMER_CONFIG, graceSeconds }, faults: [] };
}
