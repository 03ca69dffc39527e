/** The kernel's lines about processes: read in spite of odd names, or refused. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { cpuOfTree, parseCpu, parseResident, residentOfTree } from './process-cost.ts';

test('processor time stands behind a name that may contain anything', () => {
  const line = '7 (a) b (c) S 1 7 7 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 11 0 100 1 2';
  expect(parseCpu(line)).toBe(2);
  expect(() => parseCpu('7 (node) S')).toThrow('cannot be read');
});

test('resident memory is in bytes; a process that has none, as one that just ended, has none', () => {
  expect(parseResident('Name:\tnode\nVmRSS:\t    2048 kB\n')).toBe(2 * 1024 * 1024);
  expect(parseResident('Name:\tnode\n')).toBe(0);
});

test.skipIf(process.platform !== 'linux')('a tree costs what its members cost', async () => {
  const busy =
    'const end = process.cpuUsage().user + 2e5; while (process.cpuUsage().user < end); console.log("done");';
  const child = spawn(
    '/bin/sh',
    ['-c', `"${process.execPath}" -e '${busy} setInterval(() => 0, 1e6)' & wait`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    },
  );
  const { pid = 0 } = child;
  onTestFinished(() => void process.kill(-pid));
  await once(child.stdout, 'data');
  expect(cpuOfTree(pid)).toBeGreaterThanOrEqual(0.19);
  expect(residentOfTree(pid)).toBeGreaterThan(10 * 1024 * 1024);
});
