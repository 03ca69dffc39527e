/** Runs a command and tells how long it took and how much processor it used, children included. */
import { runTool } from '../../server/packager/tools.ts';

export interface Cost {
  /** Seconds by the clock on the wall. */
  readonly wall: number;
  /** Seconds of all processors together, user and system. */
  readonly cpu: number;
}

/** POSIX `times` tells what all children that ended have used; Node itself cannot. */
const SCRIPT = `
trap 'kill "$child"' TERM INT
"$@" >/dev/null & child=$!
wait "$child"; code=$?
times
exit "$code"`;

/** @throws ToolError when the command fails; the signal's reason when aborted. */
export async function measureCommand(
  command: string,
  args: readonly string[],
  { signal }: { signal: AbortSignal },
): Promise<Cost> {
  const start = performance.now();
  const { stdout } = await runTool('/bin/sh', ['-c', SCRIPT, 'sh', command, ...args], { signal });
  return { wall: (performance.now() - start) / 1000, cpu: cpuOfChildren(stdout) };
}

/** The second line of `times` is about the children: `1m2.345s 0m0.678s`. */
export function cpuOfChildren(times: string): number {
  const [, children = ''] = times.trim().split('\n');
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`The shell's times cannot be read: "${times}".`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
