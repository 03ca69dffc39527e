/** Puts the compressed forms of all text of a title beside it. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compressText, isText } from './compress-text.ts';
import { inParallel } from './in-parallel.ts';
import { encodedName, type TitleFile } from './title.ts';

/** The files with what is now beside them. `directory` is where they lie. */
export async function addEncodings(
  directory: string,
  files: Readonly<Record<string, TitleFile>>,
): Promise<Record<string, TitleFile>> {
  const result: Record<string, TitleFile> = { ...files };
  await inParallel(Object.entries(files), async ([name, file]) => {
    if (!isText(file.type)) return;
    const path = join(directory, name);
    const compressed = await compressText(await readFile(path));
    if (compressed.size === 0) return;
    const encoded = [...compressed].map(([coding, bytes]) => [coding, measure(bytes)]);
    for (const [coding, bytes] of compressed) await writeFile(encodedName(path, coding), bytes);
    result[name] = { ...file, encoded: Object.fromEntries(encoded) };
  });
  return result;
}

function measure(bytes: Uint8Array): { bytes: number; sha256: string } {
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
