/** What running processes have used so far, as Linux counts it: processor time and resident memory of whole trees. */
import { readFileSync } from 'node:fs';

/** Ticks of a second in `/proc/<pid>/stat`; fixed for programs, whatever the kernel's own clock (`man 5 proc`). */
const TICKS = 100;

/** Seconds of processor time, user and system, of all threads of `root` and of every process below it. */
export function cpuOfTree(root: number): number {
  return sumOverTree(root, (pid) => parseCpu(readFileSync(`/proc/${pid}/stat`, 'utf8')));
}

/** Resident bytes of the tree; pages that its processes share with each other count once for each. */
export function residentOfTree(root: number): number {
  return sumOverTree(root, (pid) => parseResident(readFileSync(`/proc/${pid}/status`, 'utf8')));
}

/** utime and stime are the 14th and 15th field; the second one, the name, may itself contain blanks and brackets. */
export function parseCpu(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  if (Number.isNaN(user + system))
    throw new Error(`The kernel's line about a process cannot be read: "${stat}".`);
  return (user + system) / TICKS;
}

export function parseResident(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

function sumOverTree(root: number, measure: (pid: number) => number): number {
  return childrenOf(root).reduce((sum, child) => sum + sumOverTree(child, measure), measure(root));
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}
