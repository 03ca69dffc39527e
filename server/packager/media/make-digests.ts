/** Writes what every segment's bytes hash to, for whoever gets them from elsewhere than the origin, and for `verify`. */
import { createHash } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { representationsOf } from '../made-presentation.ts';
import type { IndexedFile, MadeRepresentation } from '../made-representation.ts';
import type { OutputContext } from '../output-context.ts';

/** The content of `digests.json`. Digests are SHA-256, in hexadecimal. */
export interface Digests {
  /** Version of this format. */
  readonly format: 1;
  readonly algorithm: 'sha-256';
  /** By id. */
  readonly representations: Readonly<Record<string, RepresentationDigests>>;
}

export interface RepresentationDigests {
  /** Path beside this file: of the one file, or of the folder that holds `init.mp4`, `1.m4s`, `2.m4s` … */
  readonly path: string;
  /** All bytes before the first segment: in one file these are the initialization and the segment index behind it. */
  readonly head: SizedDigest;
  /** In order; in one file they lie behind the head and one another. */
  readonly segments: readonly SizedDigest[];
}

/** Bytes, and what they hash to. */
export type SizedDigest = readonly [bytes: number, digest: string];

const DIGESTS_FILE = 'digests.json';

/** Gives the name of the file. All was hashed when it was written but the heads of whole files, which are read. */
export async function makeDigests({ media, directory }: OutputContext): Promise<string> {
  const representations = await Promise.all(
    representationsOf(media).map(async (made) => [made.id, await digestsOf(made, directory)] as const),
  );
  const digests: Digests = {
    format: 1,
    algorithm: 'sha-256',
    representations: Object.fromEntries(representations),
  };
  await writeFile(join(directory, DIGESTS_FILE), JSON.stringify(digests));
  return DIGESTS_FILE;
}

async function digestsOf(
  { stored, segments }: MadeRepresentation,
  directory: string,
): Promise<RepresentationDigests> {
  const digests = segments.map(({ bytes, sha256 }): SizedDigest => [bytes, sha256]);
  if (stored.layout === 'indexed')
    return { path: stored.file, head: await digestHead(stored, directory), segments: digests };
  const { bytes, sha256 } = stored.initialization;
  return { path: stored.folder, head: [bytes, sha256], segments: digests };
}

async function digestHead(
  { file, initializationBytes, indexBytes }: IndexedFile,
  directory: string,
): Promise<SizedDigest> {
  const handle = await open(join(directory, file));
  try {
    const wanted = initializationBytes + indexBytes;
    const { buffer, bytesRead } = await handle.read(new Uint8Array(wanted), 0, wanted, 0);
    return [bytesRead, createHash('sha256').update(buffer.subarray(0, bytesRead)).digest('hex')];
  } finally {
    await handle.close();
  }
}
