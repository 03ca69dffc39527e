/**
 * Packages every file of the corpus and compares what comes out with what is to come out. Minutes long, so it is no part of
 * `npm test`: `npm run test:corpus`. With WEIR_CORPUS_TABLE the table is written to that path, in Markdown.
 */
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { setPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOutcome } from './expect-outcome.ts';
import { EXPECTED_OUTCOMES } from './expected-outcomes.ts';
import { formatOutcomes } from './outcome-table.ts';
import { type Outcome, packageSample } from './package-sample.ts';

const CORPUS = process.env['WEIR_CORPUS'] || join(import.meta.dirname, '../../../../shared/media');
const isThere = await access(CORPUS).then(
  () => true,
  () => false,
);
const outcomes: Outcome[] = [];

beforeAll(() => setPriority(10));

afterAll(async () => {
  const path = process.env['WEIR_CORPUS_TABLE'];
  if (path && outcomes.length > 0) await writeFile(path, formatOutcomes(outcomes));
});

test.skipIf(!isThere).each(EXPECTED_OUTCOMES.map((expected) => [expected.file, expected] as const))(
  '%s',
  async (file, expected) => {
    const library = await mkdtemp(join(tmpdir(), 'weir-corpus-'));
    try {
      const outcome = await packageSample(CORPUS, file, library);
      outcomes.push(outcome);
      expectOutcome(outcome, expected);
      if ('code' in expected) expect(outcome.title).toBeUndefined();
    } finally {
      await rm(library, { recursive: true, force: true });
    }
  },
);
