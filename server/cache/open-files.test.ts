/** Open files: opened once for all, kept within the limit, and never taken from somebody who reads. */
import { expect, test } from 'vitest';
import { createOpenFiles } from './open-files.ts';
import { makeFile } from './test-files.ts';

test('all who ask at once share one opening; later ones have it at once', async () => {
  const file = await makeFile(10);
  const files = createOpenFiles(4);
  const held = await Promise.all([files.hold(file), files.hold(file), files.hold(file)]);
  expect(file.opened()).toBe(1);
  for (const each of held) each.release();
  expect(files.hold(file)).not.toBeInstanceOf(Promise);
  expect([file.opened(), files.count]).toEqual([1, 1]);
  held[0]?.release();
  await files.close();
  expect(files.count).toBe(0);
});

test('those that nobody holds are closed beyond the limit, the one idle for longest first', async () => {
  const [a, b, c] = await Promise.all([makeFile(1), makeFile(2), makeFile(3)]);
  const files = createOpenFiles(2);
  for (const file of [a, b, a, c]) (await files.hold(file)).release();
  expect(files.count).toBe(2);
  (await files.hold(a)).release();
  (await files.hold(b)).release();
  expect([a, b, c].map((file) => file.opened())).toEqual([1, 2, 1]);
  await files.close();
});

test('a held file stays readable after close, until it is released', async () => {
  const file = await makeFile(5);
  const files = createOpenFiles(4);
  const held = await files.hold(file);
  await files.close();
  expect((await held.handle.read(Buffer.alloc(5), 0, 5, 0)).bytesRead).toBe(5);
  held.release();
  expect(files.count).toBe(0);
  await expect(held.handle.read(Buffer.alloc(5), 0, 5, 0)).rejects.toMatchObject({ code: 'EBADF' });
});

test('an opening that fails is told to all who wait, and tried again by the next', async () => {
  const file = await makeFile(5);
  const files = createOpenFiles(4);
  const { open } = file;
  file.open = () => Promise.reject(new Error('not now'));
  const answers = await Promise.allSettled([files.hold(file), files.hold(file)]);
  expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  file.open = open;
  (await files.hold(file)).release();
  await files.close();
});

test('when the process has no descriptor left, idle files make room', async () => {
  const [idle, wanted] = await Promise.all([makeFile(1), makeFile(2)]);
  const files = createOpenFiles(4);
  (await files.hold(idle)).release();
  const { open } = wanted;
  const exhausted = Object.assign(new Error('too many open files'), { code: 'EMFILE' });
  wanted.open = () => (files.count > 0 ? Promise.reject(exhausted) : open());
  (await files.hold(wanted)).release();
  expect(files.count).toBe(1);
  await files.close();
  wanted.open = () => Promise.reject(exhausted);
  await expect(files.hold(wanted)).rejects.toBe(exhausted);
});
