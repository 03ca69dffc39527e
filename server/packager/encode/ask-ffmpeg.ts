/** Asks an ffmpeg which filters and encoders it was built with, and what they can be told. */
import { runTool, type Tools } from '../tools.ts';

/** The names of all filters or encoders that are there. */
export async function namesOf(
  kind: 'filters' | 'encoders',
  tools: Tools,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const { stdout } = await runTool(tools.ffmpeg, ['-hide_banner', `-${kind}`], { signal });
  return new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1] ?? ''));
}

/** Whether one of them, as `filter=zscale`, is there and knows an option, which may be younger than it. */
export async function knowsOption(
  of: `filter=${string}` | `encoder=${string}`,
  option: string,
  tools: Tools,
  signal: AbortSignal,
): Promise<boolean> {
  const { stdout } = await runTool(tools.ffmpeg, ['-hide_banner', '-h', of], { signal });
  return new RegExp(`^\\s+-?${option}\\s`, 'm').test(stdout);
}
