/** A few small files of the corpus, of as many kinds: what comes out is what is to come out. All of it: `npm run test:corpus`. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../films-for-tests.ts';
import { expectOutcome } from './expect-outcome.ts';
import { EXPECTED_OUTCOMES } from './expected-outcomes.ts';
import { packageSample } from './package-sample.ts';

const CORPUS = join(import.meta.dirname, '../../../../shared/media');
const isThere = await access(CORPUS).then(
  () => true,
  () => false,
);

const FILES = [
  'odd/bbb_176x144_128kbps_15fps_h263.3gp',
  'odd/bear-vp9-odd-dimensions.webm',
  'odd/carphone_qcif.mp4',
  'odd/derived_0.2s.mp4',
  'odd/sample_opus.mp4',
  'odd/tiny.webm',
  'odd/malformed/init_stsd_count_huge.mp4',
  'odd/malformed/mp4parse_test_case_1185230.mp4',
  'odd/malformed/seg_truncated_mdat.m4s',
  'odd/malformed/truncated_faststart_half.mp4',
];

test.skipIf(!isThere).each(FILES)('%s', async (file) => {
  const expected = EXPECTED_OUTCOMES.find((each) => each.file === file);
  if (!expected) throw new Error(`Nothing is expected of ${file}.`);
  expectOutcome(await packageSample(CORPUS, file, await makeFolder()), expected);
});

test('each file has one expectation', () => {
  const files = EXPECTED_OUTCOMES.map(({ file }) => file);
  expect(new Set(files).size).toBe(files.length);
  expect(files.length).toBeGreaterThan(60);
});
