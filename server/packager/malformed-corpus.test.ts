/** Damaged files that were made by others: each is packaged, or refused in one sentence, and nothing is left over. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, NEVER } from './films-for-tests.ts';
import { packageFile } from './package-file.ts';
import { PackagingError } from './packaging-error.ts';
import { readPublished } from './title-for-tests.ts';

const CORPUS = join(import.meta.dirname, '../../../shared/media/odd/malformed');
const names = await readdir(CORPUS).catch(() => []);

// Without the corpus one skipped test stands for all: a test file with none is an error.
test.skipIf(names.length === 0).each(names.length > 0 ? names : ['no corpus here'])('%s', async (name) => {
  const library = await makeFolder();
  try {
    const title = await packageFile(join(CORPUS, name), { library, signal: NEVER });
    const { presentation } = await readPublished(library, title.id);
    expect(presentation.duration).toBeGreaterThan(0);
  } catch (error) {
    if (!(error instanceof PackagingError)) throw error;
    expect(error.message).toMatch(/^[^\n]+\.$/);
    expect(await readdir(library)).toEqual([]);
  }
});
