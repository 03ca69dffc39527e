/** Finds the MPD that somebody means: the file itself, or the one in a folder. */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { MPD_FILE } from '../library/title.ts';

export type FoundMpd =
  | { readonly folder: string; readonly name: string }
  /** One sentence. */
  | { readonly fault: string };

export async function findMpd(path: string): Promise<FoundMpd> {
  const absolute = resolve(path);
  const status = await stat(absolute).catch(() => undefined);
  if (!status) return { fault: `There is no ${path}.` };
  if (!status.isDirectory()) return { folder: dirname(absolute), name: basename(absolute) };
  const names = (await readdir(absolute)).filter((name) => name.endsWith('.mpd'));
  const name = names.includes(MPD_FILE) ? MPD_FILE : names[0];
  if (!name) return { fault: `There is no MPD in ${path}.` };
  if (name !== MPD_FILE && names.length > 1)
    return {
      fault: `There are ${names.length} MPDs in ${path}: name the one that is meant (${join(path, name)} …).`,
    };
  return { folder: absolute, name };
}
