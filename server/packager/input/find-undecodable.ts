/** Tries to decode the beginning of each stream, so that one that cannot be decoded is known before the long work. */

import { ToolError } from '../tool-error.ts';
import { runTool, type Tools } from '../tools.ts';
import type { InputFile } from './input-file.ts';
import { INPUT_GUARD } from './input-guard.ts';

export interface StreamKind {
  readonly index: number;
  readonly kind: 'v' | 'a';
}

/** Seconds of the file in which every stream usually shows itself. */
const FIRST_LOOK = 10;

/** Those of `streams` that give not one picture or sound. Quick for a sound file; else each stream is read until it gives one. */
export async function findUndecodable<T extends StreamKind>(
  { file }: InputFile,
  streams: readonly T[],
  { tools, signal }: { readonly tools: Tools; readonly signal: AbortSignal },
): Promise<T[]> {
  const decodes = async (some: readonly StreamKind[], limits: readonly string[]): Promise<boolean> => {
    const outputs = some.flatMap(({ index, kind }) => [
      ...['-map', `0:${index}`, `-frames:${kind}`, '1', '-f', 'framecrc', '-'],
    ]);
    const args = ['-nostdin', '-v', 'error', ...INPUT_GUARD, ...limits, '-i', file, ...outputs];
    const { stdout } = await runTool(tools.ffmpeg, args, { signal }).catch(asNothing);
    return stdout.split('\n').filter((line) => /^0,/.test(line)).length >= some.length;
  };
  if (await decodes(streams, ['-t', `${FIRST_LOOK}`])) return [];
  const undecodable: T[] = [];
  for (const stream of streams) if (!(await decodes([stream], []))) undecodable.push(stream);
  return undecodable;
}

/** A stream without a single picture makes ffmpeg fail. Not being able to run at all is another matter. */
function asNothing(error: unknown): { stdout: string } {
  if (error instanceof ToolError && error.exitCode !== undefined) return { stdout: '' };
  throw error;
}
