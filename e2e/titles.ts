/** What the library says about its titles, in the order in which the stories speak of them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readTitle } from '../server/library/read-title.ts';
import { TITLE_FILE, type TitleRepresentation } from '../server/library/title.ts';

/** Video representations of a title by ascending bandwidth. */
export async function representationsOf(library: string, id: string): Promise<TitleRepresentation[]> {
  const title = readTitle(JSON.parse(await readFile(join(library, id, TITLE_FILE), 'utf8')));
  return title.representations
    .filter(({ kind }) => kind === 'video')
    .sort((a, b) => a.bandwidth - b.bandwidth);
}
