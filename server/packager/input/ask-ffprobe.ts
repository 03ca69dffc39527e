/** Puts one question about an input to ffprobe, behind the guard and within a limit of time. */

import { PackagingError } from '../packaging-error.ts';
import { runTool, type Tools } from '../tools.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { InputFile } from './input-file.ts';
import { INPUT_GUARD } from './input-guard.ts';

export interface AskOptions {
  readonly tools: Tools;
  readonly signal: AbortSignal;
  /** Seconds for one question. */
  readonly probeTime: number;
}

/**
 * Resolves with what ffprobe writes to its standard output.
 * @throws PackagingError `input-unreadable`; ToolError when the fault is ffprobe's; the signal's reason.
 */
export async function askFfprobe(
  input: InputFile,
  questions: readonly string[],
  { tools, signal, probeTime }: AskOptions,
): Promise<string> {
  const args = ['-v', 'error', ...questions, ...INPUT_GUARD, '-i', input.file];
  const limit = AbortSignal.timeout(probeTime * 1000);
  try {
    const { stdout } = await runTool(tools.ffprobe, args, { signal: AbortSignal.any([signal, limit]) });
    return stdout;
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) {
      const message = `${input.name} is damaged or misleading: after ${probeTime} s it still cannot be told what it is.`;
      throw new PackagingError('input-unreadable', message, error);
    }
    throw await explainRefusal(error, input);
  }
}
