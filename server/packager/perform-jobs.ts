/** Performs jobs with a journal: what it says is finished is not done again. */
import type { Chunk } from './chunks.ts';
import { type EncodeStatus, encode } from './encode.ts';
import { argumentsOf, type EncodeJob } from './encode-job.ts';
import { readSeamDigests } from './pulse.ts';
import { quoteCommand } from './tool-error.ts';
import type { Tools } from './tools.ts';
import type { JobRecord, WorkFolder } from './work-folder.ts';

export interface JobContext {
  readonly work: WorkFolder;
  readonly tools: Tools;
  readonly signal: AbortSignal;
  /** Takes the status of one job that is running. */
  readonly onStatus: (job: EncodeJob, status: EncodeStatus) => void;
  readonly onDone: (job: EncodeJob) => void;
  /** Takes the command of a job, as one line for a POSIX shell, before it runs. */
  readonly onCommand?: (commandLine: string) => void;
}

/** `chunk` is the one that the job encodes, if it is of the picture. */
export async function performJob(
  job: EncodeJob,
  chunk: Chunk | undefined,
  context: JobContext,
): Promise<JobRecord> {
  const { work, tools, signal } = context;
  const record = (await work.recordOf(job.id)) ?? (await performAnew());
  context.onDone(job);
  return record;

  async function performAnew(): Promise<JobRecord> {
    const files = job.outputs.map(({ file }) => file).filter((file) => !file.startsWith('pipe:'));
    await work.begin(files);
    // The folder of the outputs is gone when this run is over: the line makes it again.
    const makeFolder = quoteCommand('mkdir', ['-p', work.directory]);
    context.onCommand?.(`${makeFolder} && ${quoteCommand(tools.ffmpeg, argumentsOf(job))}`);
    const onStatus = (status: EncodeStatus): void => context.onStatus(job, status);
    const pulse = await encode(job, { ffmpeg: tools.ffmpeg, signal, onStatus });
    return work.finish(job.id, files, chunk ? readSeamDigests(pulse, chunk) : {});
  }
}
