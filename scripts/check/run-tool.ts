/** Runs one of the project's own tools (or another script of Node) as a child, to its end or to the caller's abort. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const IS_WINDOWS = process.platform === 'win32';

/** How long an interrupted tool may tidy up before it is killed. */
const GRACE_MS = 10_000;

export interface ToolOptions {
  readonly signal: AbortSignal;
  /** `show` hands the tool our own terminal; `keep` collects what it prints. */
  readonly output: 'show' | 'keep';
  readonly env?: Readonly<Record<string, string>>;
}

export interface ToolResult {
  readonly isSuccess: boolean;
  /** What it printed on both streams, in order of arrival; empty for `show`. */
  readonly output: string;
}

/**
 * Resolves whatever the exit code. An abort interrupts the tool as Ctrl-C would, so that it can stop what it started. It
 * leads a process group of its own: Ctrl-C reaches it once, through the abort, and nothing of it outlives it.
 * @throws the signal's reason once an aborted tool is gone; an error when the tool cannot be started
 */
export async function runTool(
  tool: string,
  toolArguments: readonly string[],
  { signal, output, env = {} }: ToolOptions,
): Promise<ToolResult> {
  signal.throwIfAborted();
  const child = spawn(join(ROOT, 'node_modules', '.bin', tool), toolArguments, {
    cwd: ROOT,
    env: { ...process.env, ...(output === 'show' && process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...env },
    stdio: output === 'show' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    ...(IS_WINDOWS ? { shell: true } : { detached: true }),
  });
  const pieces: Buffer[] = [];
  child.stdout?.on('data', (piece: Buffer) => pieces.push(piece));
  child.stderr?.on('data', (piece: Buffer) => pieces.push(piece));
  let killing: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    kill(child, 'SIGINT');
    killing = setTimeout(() => kill(child, 'SIGKILL'), GRACE_MS);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(killing);
      signal.removeEventListener('abort', interrupt);
      if (signal.aborted) {
        kill(child, 'SIGKILL');
        reject(signal.reason);
      } else resolve({ isSuccess: code === 0, output: Buffer.concat(pieces).toString('utf8') });
    });
  });
}

function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(IS_WINDOWS ? child.pid : -child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
