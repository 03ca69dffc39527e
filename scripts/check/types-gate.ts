/** The gate of the compiler: every file of ours must be in a project, and every project must compile. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type Gate, listUnread } from './gate.ts';
import { ROOT, runTool } from './run-tool.ts';
import { listSourceFiles } from './source-files.ts';

export const typesGate: Gate = {
  name: 'types',
  unit: 'files',
  async check(signal) {
    const sources = listSourceFiles();
    const { isSuccess, output } = await runTool('tsc', ['-b', '--pretty', 'false'], {
      signal,
      output: 'keep',
    });
    const read = filesOfLastBuild();
    const unread = listUnread(sources, read, 'no tsconfig.json includes this file');
    return { read: read.size, faults: isSuccess ? unread.join('\n') : output };
  },
};

/** What the compiler's own records name, of our files: an incremental build prints nothing about what it did not redo. */
function filesOfLastBuild(): ReadonlySet<string> {
  const folder = join(ROOT, '.cache', 'types');
  const records = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tsbuildinfo'))
    .map((path) => join(folder, path));
  const files = records.flatMap((record) => {
    const { fileNames } = JSON.parse(readFileSync(record, 'utf8')) as { fileNames: readonly string[] };
    return fileNames.map((name) =>
      relative(ROOT, resolve(dirname(record), name))
        .split(sep)
        .join('/'),
    );
  });
  return new Set(files.filter((path) => !/^(\.\.|node_modules|\.cache)\//.test(path)));
}
