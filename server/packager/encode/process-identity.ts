/** Tells one process from another, also from a later one that was given the same number. */
import { readFileSync } from 'node:fs';
import { isProcessAlive } from '../../library/process-alive.ts';

/** Of this process, without characters that a file's name cannot have: `4711.8123456`, or `4711` where nothing more is told. */
export function ownIdentity(): string {
  return identityOf(process.pid);
}

/** Whether the process that had this identity is still there. */
export function isIdentityAlive(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  return isProcessAlive(pid) && identityOf(pid) === identity;
}

function identityOf(pid: number): string {
  const start = startOf(pid);
  return start ? `${pid}.${start}` : `${pid}`;
}

/** Linux: clock ticks from boot to the start of the process, the 22nd field of `stat`; the 2nd is in brackets. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
