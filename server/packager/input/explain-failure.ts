/** Says in one sentence why ffmpeg could not encode an input, where the fault is the input's. */

import { PackagingError } from '../packaging-error.ts';
import { ToolError } from '../tool-error.ts';
import type { InputInfo } from './input-info.ts';

/** ffmpeg's words for a stream of which nothing came out of the decoder, or for which it has none. */
const UNDECODABLE = [
  /Cannot determine format of input stream \d+:(\d+)/,
  /Decoder \([^)]*\) not found for input stream #?\d+:(\d+)/,
  /Error while opening decoder for input stream #?\d+:(\d+)/,
];

/** @returns the error unchanged when it is about anything else: the disk, the tool, an abort. */
export function explainFailure(error: unknown, input: InputInfo): unknown {
  if (!(error instanceof ToolError)) return error;
  const index = UNDECODABLE.map((pattern) => pattern.exec(error.stderr)?.[1]).find(
    (found) => found !== undefined,
  );
  if (index === undefined) return error;
  const kind = Number(index) === input.video?.index ? 'video' : 'audio';
  const message = `${input.name} is damaged or of an unknown kind: its ${kind} (stream ${index}) cannot be decoded.`;
  return new PackagingError('nothing-to-play', message, error);
}
