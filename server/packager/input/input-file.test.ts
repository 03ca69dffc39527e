/** What people give for a file: each thing that is none has its own sentence. */
import { execFileSync } from 'node:child_process';
import { appendFile, chmod, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeFolder } from '../films-for-tests.ts';
import { findInputFile, refuseChanged } from './input-file.ts';

async function sentenceFor(path: string): Promise<string> {
  const error = await findInputFile(path).catch((reason: unknown) => reason);
  if (!(error instanceof Error)) throw new Error(`${path} was found.`);
  expect(error).toMatchObject({ code: 'input-missing' });
  return error.message;
}

test('a file is found, and tells its size', async () => {
  const file = join(await makeFolder(), '-film.mp4');
  await writeFile(file, 'film');
  expect(await findInputFile(file)).toMatchObject({ file, name: '-film.mp4', bytes: 4 });
});

test('no file', async () => {
  const folder = await makeFolder();
  expect(await sentenceFor(join(folder, 'none.mp4'))).toBe(`There is no file ${join(folder, 'none.mp4')}.`);
  const long = 'x'.repeat(300);
  expect(await sentenceFor(join(folder, long))).toMatch(/ cannot be opened \(ENAMETOOLONG\)\.$/);
});

test('words that are no path', async () => {
  expect(await sentenceFor('')).toBe('The name of the file is empty.');
  expect(await sentenceFor('-')).toContain('A film cannot come through a pipe');
  for (const address of ['https://example.org/film.mp4', 'file:///film.mp4', 'rtsp://camera'])
    expect(await sentenceFor(address)).toBe(
      `${address} is an address and nothing is downloaded here: save the file first, then give its name.`,
    );
});

test('a directory, a pipe, a device, a socket', async () => {
  const folder = await makeFolder();
  await mkdir(join(folder, 'films.mp4'));
  expect(await sentenceFor(join(folder, 'films.mp4'))).toBe('films.mp4 is a directory, not a file.');
  execFileSync('mkfifo', [join(folder, 'pipe.mp4')]);
  expect(await sentenceFor(join(folder, 'pipe.mp4'))).toBe('pipe.mp4 is a pipe, not a file.');
  expect(await sentenceFor('/dev/zero')).toBe('zero is a device, not a file.');
  const server = createServer().listen(join(folder, 'socket'));
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  expect(await sentenceFor(join(folder, 'socket'))).toBe('socket is a socket or a device, not a file.');
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
  const file = join(await makeFolder(), 'secret.mp4');
  await writeFile(file, 'film');
  await chmod(file, 0);
  expect(await sentenceFor(file)).toBe('secret.mp4 may not be read: you have no permission.');
});

test('a name is told on one line, without anything that moves the cursor', async () => {
  const folder = await makeFolder();
  expect(await sentenceFor(join(folder, 'a\nb\u001b[2J\u202e.mp4'))).toBe(
    `There is no file ${folder}/a b [2J .mp4.`,
  );
});

test('a file that grows, changes or goes away is noticed', async () => {
  const file = join(await makeFolder(), 'film.mp4');
  await writeFile(file, 'film');
  const found = await findInputFile(file);
  await refuseChanged(found);
  await appendFile(file, ' and more');
  await expect(refuseChanged(found)).rejects.toMatchObject({
    code: 'input-changed',
    message: 'film.mp4 grew while it was being packaged: try again when it is complete.',
  });
  const larger = await findInputFile(file);
  await utimes(file, 1, 1);
  await expect(refuseChanged(larger)).rejects.toThrow('film.mp4 was changed while it was being packaged');
  await rm(file);
  await expect(refuseChanged(larger)).rejects.toThrow('film.mp4 went away while it was being packaged');
});
