// Text of a build lies compressed beside itself, and nothing else does.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { compressOutputs } from './compress-outputs.ts';

test('text gains two forms, pictures and what is too short to gain do not', async () => {
  const dist = await mkdtemp(join(tmpdir(), 'weir-build-'));
  onTestFinished(() => rm(dist, { recursive: true }));
  const script = 'export const answer = 42;\n'.repeat(50);
  await mkdir(join(dist, 'site'));
  await writeFile(join(dist, 'site', 'page.js'), script);
  await writeFile(join(dist, 'site', 'picture.png'), script);
  await writeFile(join(dist, 'short.css'), 'a{}');
  await compressOutputs(dist);
  expect((await readdir(join(dist, 'site'))).sort()).toEqual([
    'page.js',
    'page.js.br',
    'page.js.gz',
    'picture.png',
  ]);
  expect(await readdir(dist)).toEqual(['short.css', 'site']);
  expect(brotliDecompressSync(await readFile(join(dist, 'site', 'page.js.br'))).toString()).toBe(script);
  expect(gunzipSync(await readFile(join(dist, 'site', 'page.js.gz'))).toString()).toBe(script);
});
