/** `npm run package` as people and programs use it: exit codes, what goes where, and how it stops. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder } from '../../server/packager/films-for-tests.ts';

const ROOT = join(import.meta.dirname, '../..');

function start(words: readonly string[]): ChildProcess & { readonly ended: Promise<[number | null]> } {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/package.ts', ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return Object.assign(child, { ended: once(child, 'close') as Promise<[number | null]> });
}

async function run(
  words: readonly string[],
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  const child = start(words);
  const outputs = [child.stdout, child.stderr].map((stream) => (stream ? text(stream) : ''));
  const [stdout = '', stderr = ''] = await Promise.all(outputs);
  const [exitCode] = await child.ended;
  return { exitCode, stdout, stderr };
}

test('a bad file does not keep the next from being packaged, and both are told as JSON', async () => {
  const folder = await makeFolder();
  const library = join(folder, 'library');
  const bad = join(folder, 'bad.mp4');
  await writeFile(bad, 'no film');
  const good = await makeFilm(folder, { name: 'good.mp4', size: '64x36', seconds: 0.4 });
  const { exitCode, stdout, stderr } = await run(['--json', '--library', library, bad, good]);
  const sentence = 'bad.mp4 is no video or audio file that can be read.';
  const results = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(results).toEqual([
    { ok: false, file: bad, code: 'input-unreadable', message: sentence },
    { ok: true, file: good, title: expect.objectContaining({ id: 'good', duration: 0.4 }) },
  ]);
  expect(stderr).toContain(sentence);
  expect(exitCode).toBe(1);
  expect(await readdir(library)).toEqual(['good']);
});

test('a wrong command line is explained and ends with 2; help ends with 0', async () => {
  const wrong = await run(['--nonsense']);
  expect(wrong.exitCode).toBe(2);
  expect(wrong.stderr).toContain('There is no option --nonsense.\nThere is no FILE to package.\n');
  expect(await run(['--help'])).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends it with %i, and nothing of the title is left', async (signal, expected) => {
  const folder = await makeFolder();
  const library = join(folder, 'library');
  const film = await makeFilm(folder, { size: '640x360', seconds: 60 });
  const child = start(['--library', library, '--verbose', film]);
  let said = '';
  let isStopped = false;
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
    if (!isStopped && said.includes(': encoding')) isStopped = child.kill(signal);
  });
  const [exitCode] = await child.ended;
  expect(exitCode).toBe(expected);
  expect(said).toContain(`film.mp4 was not packaged: Interrupted by ${signal}.`);
  expect(await readdir(library)).toEqual([]);
});

test('killed without a chance to tidy up, it leaves no title, and the next runs remove what it left', async () => {
  const folder = await makeFolder();
  const library = join(folder, 'library');
  const film = await makeFilm(folder, { size: '320x180', seconds: 10 });
  const child = start(['--library', library, film]);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said += piece;
    if (said.includes(': encoding')) child.kill('SIGKILL');
  });
  await child.ended;
  const work = expect.stringMatching(`^\\.work-[0-9a-f]+-${child.pid}\\b`);
  expect(await readdir(library)).toEqual([`.partial-film-${child.pid}`, work]);
  const other = await makeFilm(folder, { name: 'other.mp4', size: '64x36', seconds: 0.2 });
  expect(await run(['--library', library, other])).toMatchObject({ exitCode: 0 });
  expect(await readdir(library)).toEqual([work, 'other']);
  expect(await run(['--library', library, film])).toMatchObject({ exitCode: 0 });
  expect(await readdir(library)).toEqual(['film', 'other']);
});

test('several films are counted, and what became of each is the last thing that is said', async () => {
  const folder = await makeFolder();
  const library = join(folder, 'library');
  const bad = join(folder, 'bad.mp4');
  await writeFile(bad, 'no film');
  const good = await makeFilm(folder, { name: 'good.mp4', size: '64x36', seconds: 0.4 });
  const { stdout, stderr } = await run(['--library', library, bad, good]);
  expect(stderr).toContain('2 of 2: good.mp4: encoding');
  const list = stdout.slice(stdout.indexOf('1 of 2 files are in the library:')).trimEnd().split('\n');
  expect(list[1]).toMatch(/^ {2}✗ {2}bad\.mp4 .* input-unreadable$/);
  expect(list[2]).toMatch(/^ {2}✓ {2}good\.mp4 .* MB {2}good$/);
  expect(list).toHaveLength(3);
});

test('who wants it quiet hears of failures alone', async () => {
  const folder = await makeFolder();
  const library = join(folder, 'library');
  const good = await makeFilm(folder, { name: 'good.mp4', size: '64x36', seconds: 0.4 });
  expect(await run(['--quiet', '--library', library, good])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  const { exitCode, stdout, stderr } = await run(['--quiet', '--library', library, join(folder, 'none.mp4')]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain('none.mp4');
});

test('a dry run tells rungs, size and command, and leaves no trace', async () => {
  const folder = await makeFolder();
  const library = join(folder, 'library');
  const film = await makeFilm(folder, { name: 'a_film.mp4', size: '320x180', seconds: 4, sound: 4 });
  const { exitCode, stdout } = await run(['--dry-run', '--library', library, film]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(
    `a_film.mp4 would become "a film" in ${join(library, 'a-film')}. Nothing is encoded now.`,
  );
  expect(stdout).toMatch(/video-180 +320×180 +H\.264 +crf 23, at most \d+ kbit\/s/);
  expect(stdout).toMatch(/size: between 0\.\d\d MB and 0\.\d\d MB expected, at most 0\.\d\d MB/);
  expect(stdout).toMatch(/^mkdir -p \.work && \S*ffmpeg .* \.work\/video-180\.0\.raw/m);
  expect(await readdir(folder)).toEqual(['a_film.mp4']);
});
