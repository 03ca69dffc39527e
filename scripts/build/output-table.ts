// Tells what a build weighs, file by file.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Output {
  /** Relative to the folder of the build. */
  readonly file: string;
  readonly bytes: number;
  /** At the highest compression. */
  readonly gzipBytes: number;
}

/** What a browser may fetch from a build, by name. */
export async function measureOutputs(dist: string): Promise<Output[]> {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.(js|css|html|svg)$/.test(entry.name))
    .map((entry) => relative(dist, join(entry.parentPath, entry.name)))
    .sort();
  return Promise.all(files.map((file) => measure(dist, file)));
}

async function measure(dist: string, file: string): Promise<Output> {
  const bytes = await readFile(join(dist, file));
  return { file, bytes: bytes.byteLength, gzipBytes: gzipSync(bytes, { level: 9 }).byteLength };
}

export function formatTable(outputs: readonly Output[]): string {
  const rows = outputs.map(({ file, bytes, gzipBytes }) => [file, `${bytes}`, `${gzipBytes}`] as const);
  const table = [['', 'bytes', 'gzip'] as const, ...rows];
  const [file, bytes, gzip] = [0, 1, 2].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map(([a, b, c]) => `${a.padEnd(file ?? 0)}  ${b.padStart(bytes ?? 0)}  ${c.padStart(gzip ?? 0)}`)
    .join('\n');
}
