/** Whether a process is still there: what dead ones left in a library is cleaned up. */

/** Signal 0 only asks. A process of another user refuses it, and lives. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
