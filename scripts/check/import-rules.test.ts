/** Plants one forbidden import for each import rule, and allowed ones beside them: each rule is seen red, and only it. */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import type { CruiseReport } from './imports-gate.ts';
import { ROOT } from './run-tool.ts';
import { withTree } from './temporary-tree.ts';

interface Edge {
  readonly from: string;
  readonly to: string;
}

/** The edges that each rule must refuse. */
const FORBIDDEN: Readonly<Record<string, readonly Edge[]>> = {
  'no-circles': [{ from: 'player/page/egg.ts', to: 'player/page/hen.ts' }],
  'core-is-pure': [{ from: 'player/core/loop/a.ts', to: 'player/fetch/a.ts' }],
  'abr-knows-no-network': [{ from: 'player/core/abr/a.ts', to: 'player/core/session/a.ts' }],
  'fetch-sees-only-core': [{ from: 'player/fetch/b.ts', to: 'player/engine/a.ts' }],
  'screen-sees-only-core': [{ from: 'player/screen/a.ts', to: 'player/fetch/a.ts' }],
  'engine-knows-no-peer': [{ from: 'player/engine/b.ts', to: 'player/swarm/a.ts' }],
  'element-knows-no-page': [{ from: 'player/element/a.ts', to: 'player/page/a.ts' }],
  'engine-has-no-dependency': [
    { from: 'player/engine/c.ts', to: 'media-chrome' },
    { from: 'player/screen/b.ts', to: 'node:fs' },
  ],
  'roles-are-strangers': [{ from: 'server/edge/a.ts', to: 'server/origin/a.ts' }],
  'packager-knows-no-http': [
    { from: 'server/packager/a.ts', to: 'server/http/a.ts' },
    { from: 'server/library/b.ts', to: 'server/origin/a.ts' },
  ],
  'verify-judges-alone': [{ from: 'server/verify/a.ts', to: 'server/packager/c.ts' }],
  'http-knows-no-role': [{ from: 'server/http/b.ts', to: 'server/origin/a.ts' }],
  'cache-knows-contracts-alone': [
    { from: 'server/cache/a.ts', to: 'server/library/a.ts' },
    { from: 'server/cache/a.ts', to: 'server/http/a.ts' },
  ],
  'server-sees-only-core': [
    { from: 'server/origin/b.ts', to: 'player/engine/a.ts' },
    { from: 'scripts/a.ts', to: 'player/engine/a.ts' },
  ],
  'only-entries-wire': [{ from: 'server/steering/a.ts', to: 'server/main.ts' }],
  'fluent-ffmpeg-in-one-file': [{ from: 'server/packager/b.ts', to: 'fluent-ffmpeg' }],
};

/** Edges that no rule may refuse. */
const ALLOWED: readonly Edge[] = [
  // Closes the circle, which is reported once.
  { from: 'player/page/hen.ts', to: 'player/page/egg.ts' },
  { from: 'player/core/abr/b.ts', to: 'player/core/dash/a.ts' },
  { from: 'player/core/loop/a.test.ts', to: 'node:fs' },
  { from: 'player/engine/d.ts', to: 'player/screen/c.ts' },
  { from: 'player/engine/d.ts', to: 'player/fetch/a.ts' },
  { from: 'player/page/b.ts', to: 'media-chrome' },
  { from: 'player/page/b.ts', to: 'player/element/b.ts' },
  { from: 'server/edge/b.ts', to: 'server/http/a.ts' },
  { from: 'server/edge/b.ts', to: 'server/edge/c.ts' },
  { from: 'server/packager/encode/encode.ts', to: 'fluent-ffmpeg' },
  { from: 'server/cache/b.ts', to: 'server/http/stored-bytes.ts' },
  { from: 'server/main.ts', to: 'server/origin/a.ts' },
  { from: 'server/origin/a.ts', to: 'server/library/a.ts' },
  { from: 'server/verify/b.ts', to: 'server/library/a.ts' },
  { from: 'server/packager/d.ts', to: 'server/verify/a.ts' },
  { from: 'scripts/b.ts', to: 'server/main.ts' },
];

const ROOMS = ['player', 'server', 'scripts'];

let refused: readonly (Edge & { readonly rule: string })[] = [];

beforeAll(async () => {
  refused = await withTree(planted([...Object.values(FORBIDDEN).flat(), ...ALLOWED]), cruise);
});

test('every rule has a case, and every case a rule', () => {
  const config = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as {
    forbidden: { name: string; severity: string }[];
  };
  expect(Object.keys(FORBIDDEN)).toEqual(config.forbidden.map(({ name }) => name));
  expect(config.forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
});

test.each(Object.entries(FORBIDDEN))('%s refuses what it is for', (rule, edges) => {
  const isRefused = ({ from, to }: Edge): boolean =>
    refused.some((edge) => edge.rule === rule && edge.from === from && isSame(edge.to, to));
  expect(edges.filter((edge) => !isRefused(edge))).toEqual([]);
});

test('no rule refuses an import of the plan', () => {
  const isAllowed = (edge: Edge): boolean =>
    ALLOWED.some(({ from, to }) => from === edge.from && isSame(edge.to, to));
  expect(refused.filter(isAllowed)).toEqual([]);
});

/** The report names a package by its file and a module of Node without its prefix. */
function isSame(reported: string, planted: string): boolean {
  return (
    reported === planted || reported === planted.replace('node:', '') || reported.includes(`/${planted}/`)
  );
}

function planted(edges: readonly Edge[]): ReadonlyMap<string, string> {
  const files = new Map([['tsconfig.json', '{ "compilerOptions": { "allowImportingTsExtensions": true } }']]);
  const isFile = (to: string): boolean => to.endsWith('.ts');
  for (const { to } of edges.filter(({ to }) => isFile(to))) files.set(to, 'export {};\n');
  for (const { from, to } of edges) {
    const up = '../'.repeat(from.split('/').length - 1);
    files.set(from, `${files.get(from) ?? ''}import '${isFile(to) ? `${up}${to}` : to}';\n`);
  }
  return files;
}

async function cruise(folder: string): Promise<readonly (Edge & { readonly rule: string })[]> {
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const words = ['--config', config, '--no-progress', '--output-type', 'json', ...ROOMS];
  const program = join(ROOT, 'node_modules', '.bin', 'depcruise');
  const run = promisify(execFile)(program, words, { cwd: folder, maxBuffer: 2 ** 26 });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const { summary } = JSON.parse(stdout) as CruiseReport;
  return summary.violations.map(({ from, to, rule }) => ({ from, to, rule: rule.name }));
}
