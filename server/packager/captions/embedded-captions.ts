/** Takes the subtitles out of an input that are text, with their times as the film will have them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { INPUT_GUARD } from '../input/input-guard.ts';
import type { InputInfo, SubtitleStream } from '../input/input-info.ts';
import { ToolError } from '../tool-error.ts';
import { runTool, type Tools } from '../tools.ts';
import type { Cue } from './cue.ts';
import { readCaptions } from './read-captions.ts';

export interface EmbeddedCaptions {
  readonly stream: SubtitleStream;
  readonly cues: readonly Cue[];
}

export interface ExtractOptions {
  /** For files that are gone at the end. */
  readonly directory: string;
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

/**
 * The file is read once for all streams. Times count from the input's first time stamp, as those of picture and sound do.
 * A stream that cannot be read has no cues.
 */
export async function extractCaptions(
  input: InputInfo,
  options: ExtractOptions,
): Promise<EmbeddedCaptions[]> {
  const { subtitles } = input;
  if (subtitles.length === 0) return [];
  const folder = await mkdtemp(join(options.directory, 'captions-'));
  try {
    const written = subtitles.map((stream, i) => ({ stream, path: join(folder, `${i}.txt`) }));
    await extract(input, written, options);
    return await Promise.all(
      written.map(async ({ stream, path }) => {
        const text = await readFile(path, 'utf8').catch(() => '');
        return { stream, cues: readCaptions(text).cues };
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Formats that keep more as they are than in a conversion: places, and which words are italic. */
const COPIED: Readonly<Record<string, string>> = { subrip: 'srt', ass: 'ass', ssa: 'ass', webvtt: 'webvtt' };

async function extract(
  input: InputInfo,
  outputs: readonly { stream: SubtitleStream; path: string }[],
  { tools, signal }: ExtractOptions,
): Promise<void> {
  const args = [
    ...['-nostdin', '-hide_banner', '-v', 'error', '-y', ...INPUT_GUARD, '-i', input.file],
    ...outputs.flatMap(({ stream, path }) => {
      const format = COPIED[stream.codec];
      const codec = format ? ['-c:s', 'copy', '-f', format] : ['-c:s', 'srt', '-f', 'srt'];
      return ['-map', `0:${stream.index}`, ...codec, '-avoid_negative_ts', 'disabled', path];
    }),
  ];
  try {
    await runTool(tools.ffmpeg, args, { signal });
  } catch (error) {
    // What was written until then is read; a film is not refused for its subtitles.
    if (!(error instanceof ToolError)) throw error;
  }
}
