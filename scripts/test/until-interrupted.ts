/** The frame of a command that can be stopped: Ctrl-C and SIGTERM abort it, and its outcome is the exit code. */

/** Exit code 0 when `work` resolves with true, 1 with false, 130 when it was interrupted. */
export async function untilInterrupted(work: (signal: AbortSignal) => Promise<boolean>): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    process.exitCode = (await work(interruption.signal)) ? 0 : 1;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error('Interrupted.');
    process.exitCode = 130;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
