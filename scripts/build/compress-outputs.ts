// Puts the compressed forms of all text of a build beside it, so that no request has to wait for them.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compressText } from '../../server/library/compress-text.ts';
import { inParallel } from '../../server/library/in-parallel.ts';
import { encodedName } from '../../server/library/title.ts';

const TEXT = /\.(?:css|html|js|json|svg|txt|webmanifest)$/;

/** Hidden folders are not served. */
export async function compressOutputs(dist: string): Promise<void> {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const texts = entries.filter((entry) => entry.isFile() && TEXT.test(entry.name));
  await inParallel(texts, async (entry) => {
    const path = join(entry.parentPath, entry.name);
    for (const [coding, bytes] of await compressText(await readFile(path))) {
      await writeFile(encodedName(path, coding), bytes);
    }
  });
}
