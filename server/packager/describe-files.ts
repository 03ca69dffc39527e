/** Describes files as `title.json` does: size, checksum and type. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { TitleFile } from '../library/title.ts';
import type { MadeRepresentation } from './made-representation.ts';

/** Of all files that a title has, by the ending of their names. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.mpd': 'application/dash+xml',
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.vtt': 'text/vtt',
  '.json': 'application/json',
  '.jpg': 'image/jpeg',
  '.mp4': 'video/mp4',
};

/**
 * By path inside `directory`, with `/` between its parts; `known` files are believed and not read again.
 * @throws Error for a file of a kind that no title has: it was left behind, or its kind is missing here.
 */
export async function describeFolder(
  directory: string,
  known: Readonly<Record<string, TitleFile>> = {},
): Promise<Record<string, TitleFile>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files: Record<string, TitleFile> = { ...known };
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).split(sep).join('/');
    files[name] ??= describeContent(await readFile(path), typeOf(name));
  }
  return files;
}

/** What `title.json` says of the files of one representation, by their names inside the version's folder. */
export function describeMediaFiles({
  stored,
  segments,
  track,
}: MadeRepresentation): Record<string, TitleFile> {
  const type = `${track.media.kind}/mp4`;
  if (stored.layout === 'indexed')
    return { [stored.file]: { bytes: stored.bytes, sha256: stored.sha256, type } };
  const numbered = segments.map(({ bytes, sha256 }, i) => [
    `${stored.folder}/${i + 1}.m4s`,
    { bytes, sha256, type },
  ]);
  return {
    [`${stored.folder}/init.mp4`]: { ...stored.initialization, type },
    ...Object.fromEntries(numbered),
  };
}

/** What `title.json` says of a file with this content. */
export function describeContent(content: Uint8Array, type: string): TitleFile {
  return { bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex'), type };
}

/** Content-Type of a file of this name. */
export function typeOf(name: string): string {
  const type = TYPES[extname(name)];
  if (!type) throw new Error(`"${name}" is no file of a title.`);
  return type;
}
