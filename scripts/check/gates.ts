/** The gates of `npm run check`. */
import { runVitest } from '../test/run-vitest.ts';
import type { Gate } from './gate.ts';
import { importsGate } from './imports-gate.ts';
import { runTool } from './run-tool.ts';
import { findEmptyNames, listSourceFiles } from './source-files.ts';
import { typesGate } from './types-gate.ts';

const formatGate: Gate = {
  name: 'format and lint',
  unit: 'files',
  async check(signal) {
    const { isSuccess, output } = await runTool('biome', ['check', '--colors=off'], {
      signal,
      output: 'keep',
    });
    const read = Number(/Checked (\d+) files?/.exec(output)?.[1] ?? 0);
    return { read, faults: isSuccess ? '' : output };
  },
};

const namesGate: Gate = {
  name: 'file names',
  unit: 'files',
  async check() {
    const paths = listSourceFiles();
    const faults = findEmptyNames(paths).map((path) => `${path}: name it after what it is for.`);
    return { read: paths.length, faults: faults.join('\n') };
  },
};

/** Laws of the rooms that need neither ffmpeg nor a browser: seconds, and most of what a change can break. */
const lawsGate: Gate = {
  name: 'laws of the pure rooms',
  unit: 'tests',
  async check(signal) {
    const { passed, failed, output } = await runVitest(['player/', 'server/http/', 'server/cache/'], {
      signal,
      output: 'keep',
    });
    return { read: passed + failed, faults: failed > 0 ? output : '' };
  },
};

/** The gates that only read. */
export const STATIC_GATES: readonly Gate[] = [formatGate, namesGate, typesGate, importsGate];

export const ALL_GATES: readonly Gate[] = [...STATIC_GATES, lawsGate];
