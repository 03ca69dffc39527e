/** Says what a stream of sound is to the film, by what the input says of it (Role, ISO/IEC 23009-1 §5.8.5.5). */

import type { MediaSet } from '../made-presentation.ts';
import type { AudioStream } from './input-info.ts';

const COMMENTARY = /comment|kommentar/i;

/** `main` for exactly one of the streams: the first that is no commentary, else the first. */
export function audioRole(stream: AudioStream, audio: readonly AudioStream[]): MediaSet['role'] {
  const main = audio.find((other) => !isCommentary(other)) ?? audio[0];
  if (stream === main) return 'main';
  if (isCommentary(stream)) return 'commentary';
  return stream.dispositions.includes('dub') ? 'dub' : 'alternate';
}

function isCommentary({ dispositions, title = '' }: AudioStream): boolean {
  return dispositions.includes('comment') || COMMENTARY.test(title);
}
