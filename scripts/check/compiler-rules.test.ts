/** What the compiler refuses in a room because the room's `tsconfig.json` does not name it: each seen red once. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { ROOT } from './run-tool.ts';
import { withTree } from './temporary-tree.ts';

/** A line of code that the compiler must refuse in this file. */
const REFUSED: Readonly<Record<string, string>> = {
  'player/core/abr/document.ts': 'document.title;',
  'player/core/abr/window.ts': 'window.location;',
  'player/core/abr/timer.ts': 'setTimeout(() => {}, 1);',
  'player/core/abr/clock.ts': 'performance.now();',
  'player/core/abr/network.ts': "fetch('/');",
  'player/core/abr/abort.ts': 'new AbortController();',
  'player/core/abr/console.ts': "console.log('');",
  'player/core/abr/process.ts': 'process.env;',
  'player/core/abr/files.ts': "import 'node:fs';",
  'player/engine/files.ts': "import 'node:fs';",
  'player/engine/process.ts': 'process.env;',
  'server/origin/document.ts': 'document.title;',
  'server/origin/engine.ts': "import '../../player/engine/plain.ts';",
};

/** Lines that it must accept. */
const ACCEPTED: Readonly<Record<string, string>> = {
  'player/core/abr/good.ts': "new URL('/', 'http://localhost/').href;",
  'player/engine/good.ts': 'document.title;\nsetTimeout(() => {}, 1);',
  'player/engine/plain.ts': '',
  'server/origin/good.ts': "import 'node:fs';\nimport '../../player/core/abr/good.ts';",
};

const CONFIGS = [
  'tsconfig.json',
  'player/core/tsconfig.json',
  'player/core/platform.d.ts',
  'player/tsconfig.json',
  'server/tsconfig.json',
];

let faulty: ReadonlySet<string> = new Set();

beforeAll(async () => {
  const files = new Map(
    Object.entries({ ...REFUSED, ...ACCEPTED }).map(([path, code]) => [path, `${code}\nexport {};\n`]),
  );
  for (const path of CONFIGS) files.set(path, await readFile(join(ROOT, path), 'utf8'));
  const output = await withTree(files, compile);
  faulty = new Set(output.flatMap((line) => /^(\S+)\(\d+,\d+\): error/.exec(line)?.[1] ?? []));
});

test.each(Object.keys(REFUSED))('%s is refused', (path) => {
  expect([...faulty]).toContain(path);
});

test.each(Object.keys(ACCEPTED))('%s is accepted', (path) => {
  expect([...faulty]).not.toContain(path);
});

async function compile(folder: string): Promise<readonly string[]> {
  const program = join(ROOT, 'node_modules', '.bin', 'tsc');
  const run = promisify(execFile)(program, ['-b', 'player', 'server', '--pretty', 'false'], { cwd: folder });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return stdout.split('\n');
}
