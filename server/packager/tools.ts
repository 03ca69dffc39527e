/** Where ffmpeg and ffprobe are, and how they are run: with a signal, a bounded memory of what they say, and no shell. */
import { spawn } from 'node:child_process';
import { feedTool } from './feed-tool.ts';
import { ToolError, type ToolFailure } from './tool-error.ts';

export interface Tools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
}

/** `FFMPEG_PATH` and `FFPROBE_PATH` where they are set, else whatever `PATH` finds. */
export function toolsFrom(environment: Readonly<Record<string, string | undefined>>): Tools {
  return {
    ffmpeg: environment['FFMPEG_PATH'] || 'ffmpeg',
    ffprobe: environment['FFPROBE_PATH'] || 'ffprobe',
  };
}

export interface ToolOutput {
  readonly stdout: string;
  /** The last 64 KiB at most. */
  readonly stderr: string;
}

const KEPT_STDERR = 64 * 1024;
const MOST_STDOUT = 64 * 1024 * 1024;

/** How long a tool that was asked to end may take to do so. */
export const KILL_DELAY_MS = 5000;

export interface RunOptions {
  readonly signal: AbortSignal;
  /** What the tool reads on its standard input, which is empty without it. A tool may end before it has read all. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Takes all that the tool writes to its standard error, in pieces, for those to whom its end is not enough. */
  readonly onStderr?: (text: string) => void;
}

/**
 * Runs to the end and gives both outputs as text. Aborting sends SIGTERM, and SIGKILL if that is not enough.
 * @throws ToolError when the tool is not there, fails, or says more than 64 MiB; the signal's reason when aborted;
 * whatever `stdin` throws.
 */
export async function runTool(
  command: string,
  args: readonly string[],
  { signal, stdin, onStderr }: RunOptions,
): Promise<ToolOutput> {
  signal.throwIfAborted();
  const child = spawn(command, [...args], { stdio: [stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    child.kill('SIGTERM');
    killTimer ??= setTimeout(() => child.kill('SIGKILL'), KILL_DELAY_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  const feeding = child.stdin && stdin ? feedTool(child.stdin, stdin) : Promise.resolve();
  feeding.catch(stop);
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stdout.length > MOST_STDOUT) stop();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-KEPT_STDERR);
    onStderr?.(text);
  });
  try {
    const end = await new Promise<Pick<ToolFailure, 'exitCode' | 'endedBy'>>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, endedBy) =>
        resolve({ exitCode: code ?? undefined, ...(endedBy && { endedBy }) }),
      );
    });
    signal.throwIfAborted();
    await feeding;
    if (end.exitCode !== 0) throw new ToolError({ command, args, stderr, ...end });
    return { stdout, stderr };
  } catch (error) {
    if (isSpawnError(error)) {
      throw new ToolError({ command, args, exitCode: undefined, stderr: reasonOf(error) }, error);
    }
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(killTimer);
  }
}

/** Of a tool that did not start, or could not be signalled. */
function isSpawnError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && /^(spawn|kill)/.test(`${error.syscall}`);
}

function reasonOf(error: Error): string {
  if ('code' in error && error.code === 'ENOENT') {
    return 'the program was not found; install ffmpeg, or set FFMPEG_PATH and FFPROBE_PATH';
  }
  return String(error);
}
