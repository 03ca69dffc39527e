/** Asks an ffmpeg which filters it was built with, and what they can be told. */
import { runTool, type Tools } from '../tools.ts';

/** Whether all of `names` are there. */
export async function hasFilters(
  names: readonly string[],
  tools: Tools,
  signal: AbortSignal,
): Promise<boolean> {
  const { stdout } = await runTool(tools.ffmpeg, ['-hide_banner', '-filters'], { signal });
  const known = new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1]));
  return names.every((name) => known.has(name));
}

/** Whether a filter is there and knows an option, which may be younger than the filter. */
export async function hasFilterOption(
  filter: string,
  option: string,
  tools: Tools,
  signal: AbortSignal,
): Promise<boolean> {
  const { stdout } = await runTool(tools.ffmpeg, ['-hide_banner', '-h', `filter=${filter}`], { signal });
  return new RegExp(`^\\s+${option}\\s`, 'm').test(stdout);
}
