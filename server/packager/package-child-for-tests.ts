/** A packager in a process of its own, so that a test can kill it: tells its progress and what it says as JSON lines. */
import { packageFile } from './package-file.ts';
import { DEFAULT_PACKAGING_CONFIG, type PackagingConfig } from './packaging-config.ts';
import type { Stage } from './progress.ts';

export interface ChildRequest {
  readonly file: string;
  readonly library: string;
  readonly config: Partial<PackagingConfig>;
}

export interface ChildLine {
  /** Of progress, 0 … 1. */
  readonly share?: number;
  readonly stage?: Stage;
  readonly notice?: string;
}

const { file, library, config } = JSON.parse(process.argv[2] ?? '') as ChildRequest;
const say = (line: ChildLine): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

await packageFile(file, {
  library,
  config: { ...DEFAULT_PACKAGING_CONFIG, ...config },
  signal: new AbortController().signal,
  onProgress: ({ share, stage }) => say(share === undefined ? { stage } : { share, stage }),
  onNotice: (notice) => say({ notice }),
});
