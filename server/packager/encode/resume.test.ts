/** A packager that is killed: what it had finished is not done again, and the title is the one of an undisturbed run. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { makeFilm, makeFolder } from '../films-for-tests.ts';
import type { ChildLine, ChildRequest } from '../package-child-for-tests.ts';

const CHILD = fileURLToPath(new URL('../package-child-for-tests.ts', import.meta.url));

/** Six chunks of two segments each, and the sound. */
const SHORT = { segmentSeconds: 1, chunkSeconds: 2 };

async function makeShortFilm(folder: string): Promise<string> {
  return makeFilm(folder, { size: '160x90', rate: '12', seconds: 12, sound: 12 });
}

interface Run {
  readonly child: ChildProcess;
  /** All that it said, complete when it has ended. */
  readonly lines: readonly ChildLine[];
  /** Whether it ended by itself. */
  readonly ended: Promise<boolean>;
}

function start(request: ChildRequest, onLine: (line: ChildLine) => void = () => undefined): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, JSON.stringify(request)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: ChildLine[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const pieces = (rest + text).split('\n');
    rest = pieces.pop() ?? '';
    for (const line of pieces.map((piece) => JSON.parse(piece) as ChildLine)) {
      lines.push(line);
      onLine(line);
    }
  });
  const ended = once(child, 'close').then(([code, signal]) => {
    if (signal !== 'SIGKILL') expect(code).toBe(0);
    return signal !== 'SIGKILL';
  });
  return { child, lines, ended };
}

/** Everything of a title by its path, without when it was made. */
async function contentOf(library: string): Promise<Record<string, string>> {
  const folder = join(library, 'film');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const content: Record<string, string> = {};
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path, 'latin1');
    content[path.slice(folder.length)] = bytes.replace(/"created": "[^"]*"/, '');
  }
  return content;
}

/** So that it is not always the same point behind the line of progress that is waited for. */
const MOST_DELAY_MS = 150;

/** Numbers from 0 to 1 that look like chance and are the same in every run (a linear congruential generator). */
function* chance(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

test('killed at five moments of any kind, it ends with exactly the files of an undisturbed run', async () => {
  const folder = await makeFolder();
  const file = await makeShortFilm(folder);
  const undisturbed = join(folder, 'undisturbed');
  await start({ file, library: undisturbed, config: SHORT }).ended;

  const library = join(folder, 'disturbed');
  const moments = chance(20_260_101);
  for (let kills = 0; kills < 5; kills++) {
    const [share = 0, delay = 0] = [moments.next().value, moments.next().value];
    const run = start({ file, library, config: SHORT }, (line) => {
      if ((line.share ?? 0) >= share) setTimeout(() => run.child.kill('SIGKILL'), delay * MOST_DELAY_MS);
    });
    await run.ended;
  }
  await start({ file, library, config: SHORT }).ended;
  expect(await readdir(library)).toEqual(['film']);
  expect(await contentOf(library)).toEqual(await contentOf(undisturbed));
}, 120_000);

test('it says that it goes on, and encodes only what is missing', async () => {
  const folder = await makeFolder();
  const file = await makeShortFilm(folder);
  const library = join(folder, 'library');
  const killed = start({ file, library, config: SHORT }, ({ share = 0 }) => {
    if (share > 0.6) killed.child.kill('SIGKILL');
  });
  await killed.ended;
  expect(await readdir(library)).toEqual([
    expect.stringMatching(/^\.partial-/),
    expect.stringMatching(/^\.work-/),
  ]);
  const next = start({ file, library, config: SHORT });
  await next.ended;
  const [, done] =
    /^This continues a run that was interrupted: (\d) of 7 parts are done\.$/.exec(
      next.lines.find(({ notice }) => notice)?.notice ?? '',
    ) ?? [];
  expect(Number(done)).toBeGreaterThanOrEqual(2);
  expect(Number(done)).toBeLessThan(7);
  const firstShare = next.lines.find(({ share }) => share)?.share;
  expect(firstShare).toBeGreaterThan(0.1);
}, 60_000);

test('two that package the same film at once do not hinder each other, and one title is left', async () => {
  const folder = await makeFolder();
  const file = await makeShortFilm(folder);
  const library = join(folder, 'library');
  const request = { file, library, config: SHORT };
  const both = await Promise.all([start(request).ended, start(request).ended]);
  expect(both).toEqual([true, true]);
  const left = await readdir(library);
  expect(left.filter((name) => name.startsWith('.'))).toEqual([]);
  expect(left).toContain('film');
}, 60_000);

test('what was wished for otherwise is not taken over', async () => {
  const folder = await makeFolder();
  const file = await makeShortFilm(folder);
  const library = join(folder, 'library');
  const killed = start({ file, library, config: SHORT }, ({ share = 0 }) => {
    if (share > 0.6) killed.child.kill('SIGKILL');
  });
  await killed.ended;
  const other = start({ file, library, config: { ...SHORT, crf: 40 } });
  await other.ended;
  expect(other.lines.filter(({ notice }) => notice)).toEqual([]);
}, 60_000);
