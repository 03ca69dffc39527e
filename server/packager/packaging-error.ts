/** Why a file could not be packaged: one class, a closed list of codes; the message alone is what a person reads. */

/**
 * - `input-missing`: there is no such file, it is a directory, or it cannot be read.
 * - `input-unreadable`: it is empty, no media at all, of a kind that is not accepted, or damaged beyond reading.
 * - `input-truncated`: it ends before the end that its own index announces, and damage is not accepted.
 * - `input-damaged`: a part of it cannot be decoded, and damage is not accepted.
 * - `input-too-large`: it is longer, larger or of more streams than is allowed.
 * - `input-changed`: it was written to, or went away, while it was being packaged.
 * - `nothing-to-play`: it is media, but without a picture that moves or a sound that can be decoded.
 * - `encoder-missing`: this ffmpeg cannot encode what is wanted.
 * - `disk-full`: the disk of the library has no room left.
 * - `library-unusable`: the library's folder cannot be made, read or written.
 * - `captions-unreadable`: a file of captions is not there, is none, or is broken.
 * - `output-faulty`: the presentation that was made breaks its own promises, so it was not published.
 */
export type PackagingErrorCode =
  | 'input-missing'
  | 'input-unreadable'
  | 'input-truncated'
  | 'input-damaged'
  | 'input-too-large'
  | 'input-changed'
  | 'nothing-to-play'
  | 'encoder-missing'
  | 'disk-full'
  | 'library-unusable'
  | 'captions-unreadable'
  | 'output-faulty';

export class PackagingError extends Error {
  override readonly name = 'PackagingError';
  readonly code: PackagingErrorCode;

  constructor(code: PackagingErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Turns a full disk, whoever met it, into the one error that says so; gives every other error back unchanged. */
export function namingFullDisk(error: unknown, library: string): unknown {
  if (!isFullDisk(error)) return error;
  return new PackagingError('disk-full', `The disk that holds ${library} is full.`, error);
}

/** Turns what the file system says of the library's folder into one sentence; a full disk keeps its own. */
export function namingUnusableLibrary(error: unknown, library: string): unknown {
  if (isFullDisk(error) || !(error instanceof Error) || !('code' in error)) return error;
  const message = `The library ${library} cannot be used (${error.code}): choose a folder with --library.`;
  return new PackagingError('library-unusable', message, error);
}

const FULL_CODES: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

function isFullDisk(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && FULL_CODES.has(error.code)) return true;
  return /No space left on device|Disk quota exceeded/.test(`${error.message} ${stderrOf(error)}`);
}

function stderrOf(error: Error): string {
  return 'stderr' in error && typeof error.stderr === 'string' ? error.stderr : '';
}
