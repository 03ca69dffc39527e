// `npm run build`: the site and the two libraries into player/dist, and whether they are older than their sources.
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compressOutputs } from './build/compress-outputs.ts';
import { formatTable, measureOutputs } from './build/output-table.ts';
import { fingerprintSources } from './build/source-fingerprint.ts';
import { untilInterrupted } from './test/until-interrupted.ts';

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
const CACHE = join(PROJECT, '.cache');
const DIST = join(PROJECT, 'player/dist');

/** What the outputs beside it were made from. */
const STAMP = '.sources';

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
    await writeFile(join(next, STAMP), await fingerprintSources(PROJECT));
    const site = siteConfig(join(next, 'site'));
    for (const config of [site, ...LIBRARIES.map((library) => libraryConfig(library, next))]) {
      signal?.throwIfAborted();
      await build({ ...config, configFile: false, logLevel: 'warn' });
    }
    await compressOutputs(next);
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
  return built !== (await fingerprintSources(PROJECT));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await untilInterrupted(async (signal) => {
    await buildSite({ signal });
    console.log(formatTable(await measureOutputs(DIST)));
    return true;
  });
}
