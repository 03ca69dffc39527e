/** One run of ffmpeg as data: `encode.ts` runs it, people can paste it. */

export interface EncodeJob {
  /** Names it among the jobs of an input. */
  readonly id: string;
  /** Seconds of film that it makes, for whoever waits: 0 beside longer jobs, `undefined` when that is not known. */
  readonly seconds: number | undefined;
  readonly input: { readonly file: string; readonly options: readonly string[] };
  /** Absent when streams are only copied. */
  readonly filterGraph?: string;
  readonly outputs: readonly JobOutput[];
}

export interface JobOutput {
  /** A path, or `pipe:1`. */
  readonly file: string;
  readonly options: readonly string[];
}

/** The words behind `ffmpeg`, in the order in which fluent-ffmpeg passes them. */
export function argumentsOf({ input, filterGraph, outputs }: EncodeJob): string[] {
  return [
    ...input.options,
    ...['-i', input.file, '-y'],
    ...(filterGraph === undefined ? [] : ['-filter_complex', filterGraph]),
    ...outputs.flatMap((output) => [...output.options, output.file]),
  ];
}
