/** Names a new title's folder: readable, safe in a URL, and never that of another film. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isAbsent } from './current-title.ts';
import { isTitleId, TITLE_FILE } from './title.ts';

/** Room for a number behind the name. */
const LONGEST_NAME = 80;

/** Lower-case letters, digits and hyphens; accents and apostrophes fall off. Empty when nothing of the text is left. */
export function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\p{Mark}'’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)
    .replace(/^-+|-+$/g, '');
}

/**
 * `name` itself when it is free or taken by the same input (which is then replaced), else `name-2`, `name-3`, …
 * @param name as `slugOf` makes it
 */
export async function freeTitleId(library: string, name: string, fingerprint: string): Promise<string> {
  for (let number = 1; ; number++) {
    const id = number === 1 ? name : `${name}-${number}`;
    if (!isTitleId(id)) throw new RangeError(`"${id}" is no title id.`);
    const occupant = await fingerprintIn(join(library, id));
    if (occupant === undefined || occupant === fingerprint) return id;
  }
}

/** Empty for a folder that is no readable title: it is not ours to replace. `undefined` when there is no folder. */
async function fingerprintIn(folder: string): Promise<string | undefined> {
  try {
    const title: unknown = JSON.parse(await readFile(join(folder, TITLE_FILE), 'utf8'));
    return fingerprintOf(title);
  } catch (error) {
    return isAbsent(error) ? await emptyIfFolder(folder) : '';
  }
}

function fingerprintOf(title: unknown): string {
  if (typeof title !== 'object' || title === null || !('input' in title)) return '';
  const { input } = title;
  if (typeof input !== 'object' || input === null || !('fingerprint' in input)) return '';
  return typeof input.fingerprint === 'string' ? input.fingerprint : '';
}

async function emptyIfFolder(folder: string): Promise<'' | undefined> {
  return stat(folder).then(
    () => '',
    () => undefined,
  );
}
