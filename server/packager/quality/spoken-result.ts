/** How ffmpeg is made to say at its end what it measured, and how much processor it took. */

/** Everything else is said too: results come last, and only the last words are kept. */
export const SPOKEN: readonly string[] = ['-nostdin', '-hide_banner', '-v', 'info', '-nostats', '-benchmark'];

/** Seconds of all processors together; 0 when it does not say. */
export function readCpu(stderr: string): number {
  const [, user = 0, system = 0] = /bench: utime=([\d.]+)s stime=([\d.]+)s/.exec(stderr) ?? [];
  return Number(user) + Number(system);
}
