/** How much of the machine a run takes: as many jobs at once as it has cores, as far as their memory allows. */
import { availableParallelism, totalmem } from 'node:os';
import type { Rung } from '../ladder/ladder.ts';
import { pixelsOf } from '../ladder/target-rate.ts';

export interface Machine {
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
}

export function thisMachine(): Machine {
  return { cores: availableParallelism(), memory: totalmem() };
}

export interface Load {
  /** Jobs at once. */
  readonly parallel: number;
  /** Of each encoder. */
  readonly threads: number;
  /** Wanted length of a chunk, in seconds. */
  readonly chunkSeconds: number;
}

/** Shorter chunks would begin and end more often than they encode. */
const SHORTEST_CHUNK = 16;

/**
 * Encoders of one thread each waste nothing, and chunks side by side use all cores: short films are cut into shorter chunks
 * for that. Only a machine with more cores than chunks and rungs gives the encoders more threads.
 */
export function loadFor(
  { cores, memory }: Machine,
  rungs: readonly Rung[],
  { duration, chunkSeconds }: { duration: number | undefined; chunkSeconds: number },
): Load {
  const fair = Math.max(SHORTEST_CHUNK, (duration ?? 0) / cores);
  const most = Math.floor((memory * MEMORY_SHARE) / memoryOf(rungs));
  const parallel = Math.max(1, Math.min(cores, most));
  const chunks = Math.max(1, Math.round((duration ?? 0) / Math.min(chunkSeconds, fair)));
  const spare = cores / (Math.min(parallel, chunks) * Math.max(1, rungs.length));
  return {
    parallel,
    threads: Math.max(1, Math.min(MOST_THREADS, Math.floor(spare))),
    chunkSeconds: Math.min(chunkSeconds, fair),
  };
}

/** Of the machine's memory, for all jobs together: a server may be playing films beside them. */
const MEMORY_SHARE = 0.5;
/** More threads than this cost quality and save hardly any time. */
const MOST_THREADS = 8;

/** Frames that decoder, filters and one encoder hold at most: what is looked ahead, reordered and referred to. */
const HELD_FRAMES = 100;
const BYTES_PER_PIXEL = 1.5;
/** Of the program itself. */
const LEAST_MEMORY = 64 * 1024 * 1024;

function memoryOf(rungs: readonly Rung[]): number {
  const pixels = rungs.reduce((sum, rung) => sum + pixelsOf(rung), 0);
  return LEAST_MEMORY + pixels * BYTES_PER_PIXEL * HELD_FRAMES;
}
