/** Sends the project through gates at once and prints one line for each as it opens or stays shut. */
import type { Gate } from './gate.ts';

/** @returns the names of the gates that are red, in the order given; a gate that read nothing is one of them */
export async function passGates(
  gates: readonly Gate[],
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const isOpen = await Promise.all(gates.map((gate) => passGate(gate, print, signal)));
  return gates.filter((_, i) => !isOpen[i]).map((gate) => gate.name);
}

async function passGate(
  { name, unit, check }: Gate,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const start = performance.now();
  const { read, faults } = await check(signal);
  const took = `${((performance.now() - start) / 1000).toFixed(1)} s`;
  const isOpen = read > 0 && faults === '';
  print(`${isOpen ? '✓' : '✗'} ${name}: read ${read} ${unit} (${took})`);
  if (faults !== '') print(faults.trimEnd().replace(/^/gm, '    '));
  else if (read === 0) print('    It looked at nothing, and that is no pass.');
  return isOpen;
}
