/** The job before the others: writes some streams of an input as they are to be read. */
import type { EncodeJob } from './encode-job.ts';
import { COMMON, type EncodePlan } from './encode-plan.ts';

export interface NutJob {
  readonly id: string;
  /** To be read as `copyIn` says. */
  readonly file: string;
  /** Indexes in the source; they are counted from 0 in the file. */
  readonly streams: readonly number[];
  /** ffmpeg's options for how the streams are stored. */
  readonly codec: readonly string[];
}

/** NUT takes any codec and keeps every time stamp; ffmpeg mends clocks that jump on the way. */
export function nutJob({ source }: EncodePlan, { id, file, streams, codec }: NutJob): EncodeJob {
  const maps = streams.flatMap((index) => ['-map', `0:${index}`]);
  const muxing = [
    '-avoid_negative_ts',
    'disabled',
    '-map_metadata',
    '-1',
    '-fflags',
    '+bitexact',
    '-f',
    'nut',
  ];
  return {
    id,
    seconds: 0,
    input: { file: source.file, options: [...COMMON, ...source.options] },
    outputs: [{ file, options: [...maps, ...codec, ...muxing] }],
  };
}
