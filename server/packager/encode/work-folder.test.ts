/** The work folder: one owner at a time, journal entries that can be believed, and nothing left for ever. */
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../films-for-tests.ts';
import { isIdentityAlive, ownIdentity } from './process-identity.ts';
import { openWorkFolder, recoverWorkFolders } from './work-folder.ts';

/** The number of a process that has ended. */
const DEAD = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();

/** A library with an input beside it. */
async function makeLibrary(): Promise<{ library: string; input: string }> {
  const library = await makeFolder();
  const input = join(library, 'input.mp4');
  await writeFile(input, 'a film');
  return { library, input };
}

/** As if the process that works in it had been killed. */
async function kill(directory: string): Promise<string> {
  const dead = directory.replace(/-[\d.]+(-\w+)$/, `-${DEAD}$1`);
  await rename(directory, dead);
  return dead;
}

test('this process is alive, one that ended is not, nor one with our number that began before us', () => {
  expect(isIdentityAlive(ownIdentity())).toBe(true);
  expect(isIdentityAlive(DEAD)).toBe(false);
  expect(isIdentityAlive(`${process.pid}.1`)).toBe(false);
});

test('a finished job is found again by the next run, one whose files changed or that did not finish is not', async () => {
  const { library, input } = await makeLibrary();
  const first = await openWorkFolder(library, 'ab', input);
  const [done, cut, never] = ['0', '1', '2'].map((id) => join(first.directory, `video.${id}.raw`));
  for (const [i, file] of [done, cut, never].entries()) await writeFile(file ?? '', 'x'.repeat(10 + i));
  const rest = { seams: { 7: 'digest' }, isSuspicious: false };
  await first.finish('0', [done ?? ''], rest);
  await first.finish('1', [cut ?? '', join(first.directory, 'nothing.raw')], rest);
  await writeFile(cut ?? '', 'shorter');
  await kill(first.directory);

  const next = await openWorkFolder(library, 'ab', input);
  expect(await next.recordOf('0')).toEqual({ ...rest, files: { 'video.0.raw': 10 } });
  expect(await next.recordOf('1')).toBeUndefined();
  expect(await next.recordOf('2')).toBeUndefined();
});

test('what belongs to a living process or to another wish is not taken over', async () => {
  const { library, input } = await makeLibrary();
  const other = join(library, `.work-ab-${ownIdentity()}-1`);
  await mkdir(other);
  await mkdir(join(library, `.work-cd-${DEAD}-2`));
  const { directory } = await openWorkFolder(library, 'ab', input);
  expect((await readdir(library)).filter((name) => name.startsWith('.work-')).sort()).toEqual(
    [`.work-ab-${ownIdentity()}-1`, basename(directory), `.work-cd-${DEAD}-2`].sort(),
  );
});

test('of two that want the same folder of a dead run, one gets it', async () => {
  const { library, input } = await makeLibrary();
  const first = await openWorkFolder(library, 'ab', input);
  await first.finish('0', [], { seams: {}, isSuspicious: false });
  await kill(first.directory);
  const both = await Promise.all([
    openWorkFolder(library, 'ab', input),
    openWorkFolder(library, 'ab', input),
  ]);
  const records = await Promise.all(both.map((work) => work.recordOf('0')));
  expect(records.filter((record) => record !== undefined)).toHaveLength(1);
  expect(both[0]?.directory).not.toBe(both[1]?.directory);
});

test('recovery removes what is a week old or about an input that is gone, and never what somebody works in', async () => {
  const { library, input } = await makeLibrary();
  const now = 1_800_000_000;
  const openDead = async (key: string, ageDays: number): Promise<string> => {
    const directory = await kill((await openWorkFolder(library, key, input)).directory);
    await utimes(directory, now - ageDays * 86_400, now - ageDays * 86_400);
    return directory;
  };
  await openDead('a1', 6);
  await openDead('a2', 8);
  const living = await openWorkFolder(library, 'a3', input);
  await utimes(living.directory, now - 8 * 86_400, now - 8 * 86_400);
  const left = async () =>
    (await readdir(library)).flatMap((name) => /^\.work-(\w+)-/.exec(name)?.[1] ?? []).sort();
  await recoverWorkFolders(library, now);
  expect(await left()).toEqual(['a1', 'a3']);
  await rm(input);
  await recoverWorkFolders(library, now);
  expect(await left()).toEqual(['a3']);
});
