/** Digests: what `digests.json` says of each segment is what its bytes hash to, wherever they lie. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFilm, makeFolder, NEVER } from '../films-for-tests.ts';
import { packageFile } from '../package-file.ts';
import { DEFAULT_PACKAGING_CONFIG, type PackagingConfig } from '../packaging-config.ts';
import type { Digests } from './make-digests.ts';

test.each(['indexed', 'files'] as const satisfies readonly PackagingConfig['layout'][])(
  'every byte of every representation is covered once (%s)',
  async (layout) => {
    const folder = await makeFolder();
    const film = await makeFilm(folder, { size: '64x36', rate: '10', seconds: 3, sound: 3 });
    const config = { ...DEFAULT_PACKAGING_CONFIG, layout, segmentSeconds: 1 };
    const title = await packageFile(film, { library: folder, config, signal: NEVER });
    const version = join(folder, title.id, title.version);
    const digests: Digests = JSON.parse(await readFile(join(folder, title.id, title.digests ?? ''), 'utf8'));
    expect(Object.keys(digests.representations)).toEqual(title.representations.map(({ id }) => id));
    for (const { path, head, segments } of Object.values(digests.representations)) {
      expect(segments.length).toBeGreaterThan(1);
      const parts =
        layout === 'indexed'
          ? cut(await readFile(join(version, path)), [head, ...segments])
          : await filesIn(join(version, path));
      const hashed = parts.map((part) => [part.byteLength, createHash('sha256').update(part).digest('hex')]);
      expect(hashed).toEqual([head, ...segments]);
    }
  },
);

/** Into parts of the given sizes, and whatever is left over. */
function cut(bytes: Uint8Array, sizes: readonly (readonly [number, string])[]): Uint8Array[] {
  let at = 0;
  const parts = sizes.map(([size]) => {
    at += size;
    return bytes.subarray(at - size, at);
  });
  return at === bytes.byteLength ? parts : [...parts, bytes.subarray(at)];
}

async function filesIn(folder: string): Promise<Uint8Array[]> {
  const { length } = await readdir(folder);
  const names = ['init.mp4', ...Array.from({ length: length - 1 }, (_, i) => `${i + 1}.m4s`)];
  return Promise.all(names.map((name) => readFile(join(folder, name))));
}
