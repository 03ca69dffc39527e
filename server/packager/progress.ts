/** How far a file is: numbers for whoever shows them. */
import type { EncodeStatus } from './encode/encode.ts';
import type { EncodeJob } from './encode/encode-job.ts';
import type { RungSizes } from './encode/rung-sizes.ts';
import type { Rung } from './ladder/ladder.ts';

/** In their order. `analyse`: what the input is, and which ladder fits it. */
export type Stage = 'analyse' | 'encode' | 'finish' | 'pictures' | 'verify';

export interface Progress {
  readonly stage: Stage;
  /** 0 … 1, never less than before; `undefined` while the length of the input is unknown. */
  readonly share: number | undefined;
  /** Seconds of the film that are encoded. */
  readonly done: number;
  /** Seconds of film for each second of waiting; 0 at the start. What a former run has done does not count. */
  readonly speed: number;
  /** Frames that are encoded in a second, by all jobs together; 0 when there is no picture. */
  readonly framesPerSecond: number;
  /** Seconds to go; `undefined` while that cannot be told. */
  readonly remaining: number | undefined;
  /** None before the encoder starts, and for sound alone. */
  readonly rungs: readonly RungProgress[];
}

/** Of a file that was just begun. */
export const BEGINNING: Progress = {
  stage: 'analyse',
  share: 0,
  done: 0,
  speed: 0,
  framesPerSecond: 0,
  remaining: undefined,
  rungs: [],
};

export interface RungProgress extends Rung {
  /** Written so far. */
  readonly bytes: number;
  /** Of what is written so far, in bits per second of film; 0 while that is nothing. */
  readonly liveRate: number;
}

export interface ProgressMeter {
  /** How much of the trial encodings is done, 0 … 1. */
  analyse(share: number): void;
  /** Takes the status of a job that is running. */
  report(job: EncodeJob, status: EncodeStatus): void;
  /** A job that did not report before was done by a former run. */
  finish(job: EncodeJob): void;
  enter(stage: Stage): void;
  /** From now on the sizes of these rungs are told too. */
  watch(sizes: RungSizes): void;
}

/** Where each stage begins, as a share of the whole. */
const BEGINNINGS = { finish: 0.96, pictures: 0.97, verify: 0.98 } as const;

/** Of the whole, what trial encodings take if there are any. */
const ANALYSIS_SHARE = 0.12;

export interface MeterOptions {
  /** Seconds of film, if that is known. */
  readonly duration: number | undefined;
  /** Seconds on a clock that only runs forward. */
  readonly now: () => number;
  readonly onProgress: (progress: Progress) => void;
}

/** Sound counts only when there is no picture: beside it, it costs next to nothing. */
export function createProgressMeter({ duration, now, onProgress }: MeterOptions): ProgressMeter {
  let start = now();
  const running = new Map<string, EncodeStatus>();
  let stage: Stage = 'analyse';
  let finished = 0;
  let inherited = 0;
  let share = 0;
  let analysed = 0;
  let sizes: RungSizes | undefined;
  const tell = (): void => {
    const statuses = [...running.values()];
    const done = finished + statuses.reduce((sum, { seconds }) => sum + seconds, 0);
    const framesPerSecond = statuses.reduce((sum, status) => sum + status.framesPerSecond, 0);
    const waited = now() - start;
    const speed = waited > 0 ? (done - inherited) / waited : 0;
    sizes?.look();
    const written = finished + statuses.reduce((sum, { seconds }) => sum + wholeGroups(seconds, sizes), 0);
    const pace = { stage, done, speed, framesPerSecond, rungs: rungsSoFar(sizes, written) };
    if (!duration) {
      onProgress({ ...pace, share: undefined, remaining: undefined });
      return;
    }
    const encoded = analysed + Math.min(1, done / duration) * (BEGINNINGS.finish - analysed);
    share = Math.max(share, stage === 'encode' || stage === 'analyse' ? encoded : BEGINNINGS[stage]);
    onProgress({ ...pace, share, remaining: speed > 0 ? Math.max(0, duration - done) / speed : undefined });
  };
  return {
    analyse: (part) => {
      analysed = part * ANALYSIS_SHARE;
      start = now();
      tell();
    },
    report: (job, status) => {
      if (stage === 'analyse') stage = 'encode';
      running.set(job.id, { ...status, seconds: Math.min(status.seconds, job.seconds ?? status.seconds) });
      tell();
    },
    finish: (job) => {
      if (stage === 'analyse') stage = 'encode';
      const seconds = job.seconds ?? running.get(job.id)?.seconds ?? 0;
      if (!running.delete(job.id)) inherited += seconds;
      finished += seconds;
      tell();
    },
    enter: (next) => {
      stage = next;
      tell();
    },
    watch: (next) => {
      sizes = next;
    },
  };
}

/** A muxer writes groups of pictures whole: what of a running job is on disk, in seconds of film. */
function wholeGroups(seconds: number, sizes: RungSizes | undefined): number {
  return sizes ? Math.floor(seconds / sizes.groupSeconds) * sizes.groupSeconds : seconds;
}

function rungsSoFar(sizes: RungSizes | undefined, written: number): RungProgress[] {
  if (!sizes) return [];
  const latest = sizes.latest();
  return sizes.rungs.map((rung, i) => {
    const bytes = latest[i] ?? 0;
    return { ...rung, bytes, liveRate: written > 0 ? (bytes * 8) / written : 0 };
  });
}
