/** Runs our own load generator beside the servers, where requests must come at a given rate or there is no wrk. */
import { fileURLToPath } from 'node:url';
import { runTool } from '../../../server/packager/tools.ts';
import type { LoadResult } from './drive-wrk.ts';
import type { Target } from './fixture.ts';

export interface OwnLoad {
  readonly url: string;
  readonly targets: readonly Target[];
  readonly connections: number;
  /** Requests per second; without it each connection sends its next request as soon as it has its answer. */
  readonly rate?: number;
  /** Seconds. */
  readonly duration: number;
}

export interface OwnLoadResult extends LoadResult {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const GENERATOR = fileURLToPath(new URL('own-load.ts', import.meta.url));

export async function driveOwn(load: OwnLoad, signal: AbortSignal): Promise<OwnLoadResult> {
  const words = ['--import', 'tsx', GENERATOR, JSON.stringify(load)];
  const { stdout } = await runTool(process.execPath, words, { signal });
  return JSON.parse(stdout);
}
