/** Writes the input's chapters as WebVTT, one cue for each. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cueTextOf, PLAIN_TEXT } from './captions/cue-text.ts';
import { tidyCues } from './captions/tidy-cues.ts';
import { writeVtt } from './captions/write-vtt.ts';
import type { OutputContext } from './output-context.ts';

const CHAPTERS_FILE = 'chapters.vtt';

/** Gives the name of the file; nothing for an input without chapters. Those without a title get their number. */
export async function makeChapters({ input, media, directory }: OutputContext): Promise<string | undefined> {
  const cues = input.chapters.map(({ start, end, title }, i) => ({
    start,
    end,
    text: cueTextOf(title.replaceAll('\n', ' '), PLAIN_TEXT) || `${i + 1}`,
  }));
  const tidy = tidyCues(cues, media.duration);
  if (tidy.length === 0) return undefined;
  await writeFile(join(directory, CHAPTERS_FILE), writeVtt(tidy));
  return CHAPTERS_FILE;
}
