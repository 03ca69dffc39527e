/** A part of a film exactly as its encoding sees it, for those who encode or judge that part alone. */
import type { Abilities } from '../encode/abilities.ts';
import type { Chunk } from '../encode/chunks.ts';
import { writeVideoGraph } from '../encode/filter-graph.ts';
import { inputItself, seekOptions } from '../encode/seek.ts';
import type { InputInfo, Size, VideoStream } from '../input/input-info.ts';

export interface FilmPart {
  readonly input: Pick<InputInfo, 'file'> & { readonly video: VideoStream };
  /** On the constant grid of the whole film. */
  readonly part: Chunk;
  /** For inputs that cannot be sought in. */
  readonly isFromStart?: boolean;
  readonly abilities: Omit<Abilities, 'canEncodeOpus'>;
}

/** ffmpeg's options for the input, which must be its first. */
export function partInput({ input, part, isFromStart = false }: FilmPart): string[] {
  const { file, options, chunkOptions } = inputItself(input.file);
  const seeking = isFromStart ? [] : seekOptions(part, input.video.frameRate);
  return [...options, ...chunkOptions, ...seeking, '-i', file];
}

/** The tidy picture in each size, largest first; its frames are counted from 0. */
export function partGraph(
  { input, part, abilities }: FilmPart,
  sizes: readonly Size[],
): { text: string; pads: readonly string[] } {
  const { video } = input;
  const graph = writeVideoGraph({ ...abilities, video, rungs: sizes, chunk: part, heldFrames: 0 });
  return { text: `${graph.text};${graph.pulsePad}nullsink`, pads: graph.pads };
}
