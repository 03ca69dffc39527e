/** What is remembered of an inspection, and what is not. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openVerdicts } from './verdicts.mjs';

async function createProgram() {
  const folder = await mkdtemp(join(tmpdir(), 'weir-verdicts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const program = join(folder, 'program');
  await writeFile(program, 'one');
  let inspections = 0;
  const inspect = (fault?: string) => async (): Promise<string | undefined> => {
    inspections += 1;
    return fault;
  };
  return {
    program,
    record: join(folder, 'made', 'tools.json'),
    inspect,
    countInspections: () => inspections,
  };
}

test('a program that passed is not inspected again, by the next start neither', async () => {
  const { program, record, inspect, countInspections } = await createProgram();
  expect(await openVerdicts(record).of(program, inspect())).toBeUndefined();
  expect(await openVerdicts(record).of(program, inspect('other'))).toBeUndefined();
  expect(countInspections()).toBe(1);
});

test('a program that changed is inspected again', async () => {
  const { program, record, inspect } = await createProgram();
  await openVerdicts(record).of(program, inspect());
  await writeFile(program, 'longer');
  expect(await openVerdicts(record).of(program, inspect('now broken'))).toBe('now broken');
});

test('a refusal is forgotten: what it lacked may be there next time', async () => {
  const { program, record, inspect, countInspections } = await createProgram();
  expect(await openVerdicts(record).of(program, inspect('it lacks a library'))).toBe('it lacks a library');
  expect(await openVerdicts(record).of(program, inspect())).toBeUndefined();
  expect(countInspections()).toBe(2);
});

test('a program that is gone is inspected: it says why it does not run', async () => {
  const { program, record, inspect } = await createProgram();
  await openVerdicts(record).of(program, inspect());
  await rm(program);
  expect(await openVerdicts(record).of(program, inspect('it is not there'))).toBe('it is not there');
});

test.each(['', 'null', '[', '{"'])('a damaged record (%s) is an empty one', async (content) => {
  const { program, inspect } = await createProgram();
  const record = `${program}.json`;
  await writeFile(record, content);
  expect(await openVerdicts(record).of(program, inspect())).toBeUndefined();
});

test('a record that cannot be written costs nothing but time', async () => {
  const { program, inspect, countInspections } = await createProgram();
  const record = join(program, 'a file is no folder', 'tools.json');
  await openVerdicts(record).of(program, inspect());
  await openVerdicts(record).of(program, inspect());
  expect(countInspections()).toBe(2);
});
