/** Measuring: the processor time of children of children is seen, and a failure is not taken for a cheap run. */
import { expect, test } from 'vitest';
import { cpuOfChildren, measureCommand } from './measure-command.ts';

const signal = new AbortController().signal;

test('work in a grandchild counts as processor time, waiting does not', async () => {
  const busy = 'const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);';
  const parent = `require('node:child_process').execFileSync(process.execPath, ['-e', ${JSON.stringify(busy)}])`;
  const cost = await measureCommand(process.execPath, ['-e', parent], { signal });
  expect(cost.cpu).toBeGreaterThanOrEqual(0.29);
  expect(cost.wall).toBeGreaterThan(0.29);
});

test('a command that fails has no cost', async () => {
  await expect(measureCommand('/bin/sh', ['-c', 'exit 3'], { signal })).rejects.toThrow('exit code 3');
});

test("the shell's times are read, or refused", () => {
  expect(cpuOfChildren('0m0.000s 0m0.001s\n1m2.500s 0m0.250s\n')).toBe(62.75);
  expect(() => cpuOfChildren('nothing')).toThrow('cannot be read');
});
