// `npm run build`: the site and the two libraries into player/dist, and whether they are older than their sources.
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const PLAYER = join(PROJECT, 'player');
const CACHE = join(PROJECT, '.cache');
const DIST = join(PLAYER, 'dist');

/** What the outputs beside it were made from. */
const STAMP = '.sources';

interface Output {
  /** Relative to player/dist. */
  readonly file: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

/**
 * Builds beside player/dist and puts the result in its place when everything is there.
 * @throws when a source does not compile; the signal's reason when aborted. Both leave player/dist as it was.
 */
export async function buildSite({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
  const { build } = await import('vite');
  const { siteConfig, LIBRARIES, libraryConfig } = await import('../player/vite.config.ts');
  await mkdir(CACHE, { recursive: true });
  const next = await mkdtemp(join(CACHE, 'build-'));
  try {
    await writeFile(join(next, STAMP), await fingerprintSources());
    const site = siteConfig(join(next, 'site'));
    for (const config of [site, ...LIBRARIES.map((library) => libraryConfig(library, next))]) {
      signal?.throwIfAborted();
      await build({ ...config, configFile: false, logLevel: 'warn' });
    }
    signal?.throwIfAborted();
    await chmod(next, 0o755);
    await rm(DIST, { recursive: true, force: true });
    await rename(next, DIST);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

/** Whether player/dist is missing, or made from other sources than the present ones. */
export async function isBuildStale(): Promise<boolean> {
  const built = await readFile(join(DIST, STAMP), 'utf8').catch(() => '');
  return built !== (await fingerprintSources());
}

/** Changes when a source of the browser's side, or a dependency, is added, removed or written. */
async function fingerprintSources(): Promise<string> {
  const names = (await readdir(PLAYER, { recursive: true }))
    .filter(
      (name) => !name.startsWith('dist') && /\.(ts|css|html|svg)$/.test(name) && !name.endsWith('.test.ts'),
    )
    .map((name) => join(PLAYER, name));
  const files = [...names, join(PROJECT, 'package-lock.json'), fileURLToPath(import.meta.url)].sort();
  const hash = createHash('sha256');
  for (const file of files) {
    const { size, mtimeMs } = await stat(file);
    hash.update(`${relative(PROJECT, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

async function listOutputs(): Promise<Output[]> {
  const entries = await readdir(DIST, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const outputs = paths
    .map((path) => relative(DIST, path))
    .filter((file) => /\.(js|css|html|svg)$/.test(file))
    .sort();
  return Promise.all(outputs.map(measure));
}

async function measure(file: string): Promise<Output> {
  const bytes = await readFile(join(DIST, file));
  return { file, bytes: bytes.byteLength, gzipBytes: gzipSync(bytes, { level: 9 }).byteLength };
}

function formatTable(outputs: readonly Output[]): string {
  const rows = outputs.map(({ file, bytes, gzipBytes }) => [file, `${bytes}`, `${gzipBytes}`]);
  const table = [['player/dist/', 'bytes', 'gzip'], ...rows];
  const widthOf = (column: number): number => Math.max(...table.map((row) => (row[column] ?? '').length));
  const [name, bytes, gzip] = [widthOf(0), widthOf(1), widthOf(2)];
  return table
    .map(([a = '', b = '', c = '']) => `${a.padEnd(name)}  ${b.padStart(bytes)}  ${c.padStart(gzip)}`)
    .join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildSite();
  console.log(formatTable(await listOutputs()));
}
