// One word for everything the browser's side is made from: another word means that a build is old.
import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Files outside player/ that a build depends on. */
export const DEPENDENCIES = [
  'package-lock.json',
  'scripts/build.ts',
  'scripts/build/compress-outputs.ts',
  'server/library/compress-text.ts',
];

const SOURCE = /\.(ts|css|html|svg)$/;
const TEST = /\.test\.ts$/;

/** Changes when a source below `project`/player, or a dependency, is added, removed or written. */
export async function fingerprintSources(project: string): Promise<string> {
  const sources = (await readdir(join(project, 'player'), { recursive: true }))
    .filter((name) => SOURCE.test(name) && !TEST.test(name) && !/^dist[/\\]/.test(name))
    .map((name) => join('player', name));
  const lines = [...DEPENDENCIES, ...sources].sort().map((path) => describeFile(project, path));
  return createHash('sha256')
    .update((await Promise.all(lines)).join('\n'))
    .digest('hex');
}

async function describeFile(project: string, path: string): Promise<string> {
  const { size, mtimeMs } = await stat(join(project, path));
  return `${path} ${size} ${mtimeMs}`;
}
