/** A packager that is killed after it analysed a film: the next one does not analyse it again, and makes the same rungs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeFilm, makeFolder } from '../films-for-tests.ts';
import { videoStream } from '../input/input-for-tests.ts';
import { chooseLadder } from '../ladder/ladder.ts';
import type { ChildLine, ChildRequest } from '../package-child-for-tests.ts';
import { describeAnalysis } from './analyse-resumably.ts';

const CHILD = fileURLToPath(new URL('../package-child-for-tests.ts', import.meta.url));

/** Gives all that the child said; `isEnough` has it killed. */
async function run(request: ChildRequest, isEnough: (line: ChildLine) => boolean): Promise<ChildLine[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  const lines: ChildLine[] = [];
  for await (const text of createInterface(child.stdout)) {
    const line = JSON.parse(text) as ChildLine;
    lines.push(line);
    if (isEnough(line)) child.kill('SIGKILL');
  }
  await closed;
  return lines;
}

function isTrial({ stage, share = 0 }: ChildLine): boolean {
  return stage === 'analyse' && share > 0;
}

async function rungsIn(library: string): Promise<unknown> {
  const title = JSON.parse(await readFile(join(library, 'film', 'title.json'), 'utf8'));
  return [title.version, title.representations];
}

test('killed between analysis and encoding, it goes on with the same rungs at once', async () => {
  const folder = await makeFolder();
  const film = { size: '320x180', rate: '10', seconds: 6 };
  const request = {
    file: await makeFilm(folder, film),
    library: join(folder, 'library'),
    config: { perTitle: 'always', preset: 'ultrafast' },
  } as const;
  const undisturbed = join(folder, 'undisturbed');
  await run({ ...request, library: undisturbed }, () => false);

  const first = await run(request, ({ notice }) => notice?.startsWith('The film has a ladder') ?? false);
  expect(first.filter(isTrial)).toHaveLength(3);
  const second = await run(request, () => false);
  expect(second.filter(isTrial)).toEqual([]);
  expect(second.map(({ notice }) => notice)).toContainEqual(expect.stringMatching(/^The film has a ladder/));
  expect(await rungsIn(request.library)).toEqual(await rungsIn(undisturbed));
  expect(await readdir(request.library)).toEqual(['film']);
}, 60_000);

test('a ladder of one rung is told as one', () => {
  const report = { measure: 'ssim', codecs: [], shots: [] } as const;
  const rungs = chooseLadder(videoStream()).slice(0, 1);
  expect(describeAnalysis({ rungs, report })).toBe('The film has a ladder of its own with 1 rung.');
});
