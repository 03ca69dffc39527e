/**
 * Counts the damaged places of an input and finds the first: decoders cover them up, with grey or with the picture before,
 * and a person wants to know where to look. The picture is decoded once more, alone, since encoders see it in chunks whose
 * beginnings are always incomplete.
 */

import { clock } from '../clock.ts';
import { ToolError } from '../tool-error.ts';
import { type RunOptions, runTool, type Tools } from '../tools.ts';
import { INPUT_GUARD } from './input-guard.ts';
import type { InputInfo } from './input-info.ts';

/** ffmpeg's words for a picture or sound that did not come out of the decoder whole. */
const DAMAGE =
  /corrupt decoded frame|error while decoding|Error while decoding|concealing \d+|Invalid data found/;

/** Whether a line of ffmpeg's speaks of damage. Chunks complain about their own beginnings too: it is worth a look, not more. */
export function isAboutDamage(line: string): boolean {
  return DAMAGE.test(line);
}

/** A sentence about the picture, and one about each sound; none where all is well. */
export async function describeDamage(
  input: InputInfo,
  options: { readonly tools: Tools; readonly signal: AbortSignal },
): Promise<string[]> {
  const streams = [
    ...(input.video ? [{ index: input.video.index, what: 'picture', filter: ['-vf', 'showinfo'] }] : []),
    ...input.audio.map(({ index }) => ({ index, what: 'sound', filter: ['-af', 'ashowinfo'] })),
  ];
  const sentences: string[] = [];
  for (const { index, what, filter } of streams) {
    const times = await findDamage(input, index, filter, options);
    sentences.push(...describePlaces(`${what} (stream ${index})`, times));
  }
  return sentences;
}

/** Seconds on the presentation's clock of all places that did not decode; neighbouring frames are one place. */
async function findDamage(
  input: InputInfo,
  index: number,
  filter: readonly string[],
  { tools, signal }: { readonly tools: Tools; readonly signal: AbortSignal },
): Promise<number[]> {
  const reader = createDamageReader();
  const args = [
    ...['-nostdin', '-hide_banner', '-nostats', '-loglevel', 'repeat+info', ...INPUT_GUARD, '-threads', '1'],
    ...['-i', input.file, '-map', `0:${index}`, ...filter, '-f', 'null', '-'],
  ];
  const run: RunOptions = { signal, onStderr: reader.read };
  await runTool(tools.ffmpeg, args, run).catch((error: unknown) => {
    // It failed at the end of what can be decoded, and has been read up to there.
    if (!(error instanceof ToolError) || error.exitCode === undefined) throw error;
  });
  return reader.places();
}

/** Seconds; damage spreads until the next whole picture, and that is still the same place. */
const ONE_PLACE = 1;

/** Reads what ffmpeg says about frames and damage, in pieces that may end anywhere. */
export function createDamageReader(): { read(text: string): void; places(): number[] } {
  const places: number[] = [];
  let [rest, time, last] = ['', 0, Number.NEGATIVE_INFINITY];
  const readLine = (line: string): void => {
    const shown = /\bpts_time:\s*(-?[\d.]+)/.exec(line)?.[1];
    if (shown !== undefined) time = Math.max(0, Number(shown));
    else if (isAboutDamage(line)) {
      if (time - last > ONE_PLACE) places.push(time);
      last = time;
    }
  };
  return {
    read: (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(readLine);
    },
    places: () => places,
  };
}

export function describePlaces(what: string, times: readonly number[]): string[] {
  const [first] = times;
  if (first === undefined) return [];
  const place = `at ${clock(Math.floor(first))}`;
  return times.length === 1
    ? [`One place of the ${what} is damaged, ${place}; the decoder covered it up.`]
    : [`${times.length} places of the ${what} are damaged, the first ${place}; the decoder covered them up.`];
}
