/** The gate of what a viewer must load before the first frame: it stands behind the build. */
import { measureOutputs } from '../build/output-table.ts';
import type { Gate } from './gate.ts';

/** Bytes after gzip. There is room for a feature, and none for a dependency that slipped in. */
export const SIZE_BUDGETS: Readonly<Record<string, number>> = { 'weir.js': 30_000, 'weir-video.js': 36_000 };

/** @param dist folder of the build */
export function createSizeGate(dist: string): Gate {
  return {
    name: 'size of the player',
    unit: 'files',
    async check() {
      const sizes = new Map((await measureOutputs(dist)).map(({ file, gzipBytes }) => [file, gzipBytes]));
      const faults = Object.entries(SIZE_BUDGETS).flatMap(([file, budget]) => {
        const size = sizes.get(file);
        if (size === undefined) return `${file} is missing in the build.`;
        return size > budget ? `${file} has ${size} bytes after gzip, and ${budget} is its limit.` : [];
      });
      const read = Object.keys(SIZE_BUDGETS).filter((file) => sizes.has(file)).length;
      return { read, faults: faults.join('\n') };
    },
  };
}
