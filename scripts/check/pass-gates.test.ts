/** What a gate says, and when it is red. */
import { expect, test } from 'vitest';
import type { Finding, Gate } from './gate.ts';
import { listUnread } from './gate.ts';
import { passGates } from './pass-gates.ts';

const gate = (name: string, finding: Finding): Gate => ({ name, unit: 'files', check: async () => finding });

async function pass(...gates: readonly Gate[]) {
  const lines: string[] = [];
  const red = await passGates(gates, (line) => lines.push(line), new AbortController().signal);
  return { red, lines };
}

test('a gate says how much it read', async () => {
  const { red, lines } = await pass(gate('types', { read: 12, faults: '' }));
  expect(red).toEqual([]);
  expect(lines).toEqual([expect.stringMatching(/^✓ types: read 12 files \(\d+\.\d s\)$/)]);
});

test('a gate that looked at nothing is red', async () => {
  const { red, lines } = await pass(gate('types', { read: 0, faults: '' }));
  expect(red).toEqual(['types']);
  expect(lines).toEqual([
    expect.stringContaining('✗ types: read 0 files'),
    '    It looked at nothing, and that is no pass.',
  ]);
});

test('faults are shown below their gate, and the other gates are passed all the same', async () => {
  const { red, lines } = await pass(
    gate('types', { read: 2, faults: 'a.ts: wrong\nb.ts: wrong\n' }),
    gate('names', { read: 2, faults: '' }),
  );
  expect(red).toEqual(['types']);
  expect(lines).toContain('    a.ts: wrong\n    b.ts: wrong');
  expect(lines).toContainEqual(expect.stringContaining('✓ names'));
});

test('files that a tool did not read are named', () => {
  expect(listUnread(['a.ts', 'b.ts'], new Set(['b.ts']), 'nobody read it')).toEqual([
    'a.ts: nobody read it.',
  ]);
});
