/** Reads a file of captions that a person gave beside the film: whatever is wrong with it is said before anything is made. */
import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { PackagingError } from '../packaging-error.ts';
import type { Cue } from './cue.ts';
import { decodeText } from './decode-text.ts';
import { readCaptions } from './read-captions.ts';

export interface CaptionsFile {
  /** BCP 47. */
  readonly lang: string;
  /** Base name, for people. */
  readonly name: string;
  readonly cues: readonly Cue[];
}

/** A film's worth of words has a hundredth of this; more was meant to be something else. */
const MOST_BYTES = 20_000_000;

/** @throws PackagingError `captions-unreadable` with one sentence: which file, and where in it. */
export async function readCaptionsFile(
  { lang, file }: { readonly lang: string; readonly file: string },
  onNotice: (sentence: string) => void,
): Promise<CaptionsFile> {
  const name = basename(file);
  const decoded = decodeText(await readBytes(resolve(file), name));
  if (!decoded) throw unreadable(`${name} is no text, so it holds no captions.`);
  const { cues, faults } = readCaptions(decoded.text);
  const [fault] = faults;
  if (fault) throw unreadable(`${name}, line ${fault.line}: ${fault.complaint}.`);
  if (cues.length === 0) {
    throw unreadable(
      `${name} holds no captions: they are read as SubRip, WebVTT or ASS, with times like 00:01:02,500.`,
    );
  }
  if (decoded.guessed) {
    onNotice(
      `${name} is not Unicode: its letters are taken for ${decoded.guessed}; save it as UTF-8 if they come out wrong.`,
    );
  }
  return { lang, name, cues };
}

async function readBytes(path: string, name: string): Promise<Uint8Array> {
  try {
    const status = await stat(path);
    if (!status.isFile()) throw unreadable(`${name} is no file, so it holds no captions.`);
    if (status.size > MOST_BYTES) throw unreadable(`${name} is too large for a file of captions.`);
    return await readFile(path);
  } catch (error) {
    if (error instanceof PackagingError) throw error;
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw unreadable(
      isAbsent ? `There is no file ${path} of captions.` : `${path} cannot be read: ${String(error)}`,
      error,
    );
  }
}

function unreadable(message: string, cause?: unknown): PackagingError {
  return new PackagingError('captions-unreadable', message, cause);
}
