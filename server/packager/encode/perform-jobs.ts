/** Performs jobs with a journal: what it says is finished is not done again. */
import { basename } from 'node:path';
import { isAboutDamage } from '../input/describe-damage.ts';
import { PackagingError } from '../packaging-error.ts';
import { printableName } from '../printable-name.ts';
import { quoteCommand } from '../tool-error.ts';
import type { Tools } from '../tools.ts';
import type { Chunk } from './chunks.ts';
import { type EncodeStatus, encode } from './encode.ts';
import { argumentsOf, type EncodeJob } from './encode-job.ts';
import { readSeamDigests } from './pulse.ts';
import { watchForStall } from './stall-watch.ts';
import type { JobRecord, WorkFolder } from './work-folder.ts';

export interface JobContext {
  readonly work: WorkFolder;
  readonly tools: Tools;
  readonly signal: AbortSignal;
  /** Takes the status of one job that is running. */
  readonly onStatus: (job: EncodeJob, status: EncodeStatus) => void;
  readonly onDone: (job: EncodeJob, record: JobRecord) => void;
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
  context.onDone(job, record);
  return record;

  async function performAnew(): Promise<JobRecord> {
    const files = job.outputs.map(({ file }) => file).filter((file) => !file.startsWith('pipe:'));
    await work.begin(files);
    // The folder of the outputs is gone when this run is over: the line makes it again.
    const makeFolder = quoteCommand('mkdir', ['-p', work.directory]);
    context.onCommand?.(`${makeFolder} && ${quoteCommand(tools.ffmpeg, argumentsOf(job))}`);
    let isSuspicious = false;
    const onComplaint = (line: string): void => {
      isSuspicious ||= isAboutDamage(line);
    };
    const pulse = await watchForStall(
      (watched, isAlive) =>
        encode(job, {
          ffmpeg: tools.ffmpeg,
          signal: watched,
          onStatus: (status) => {
            isAlive();
            context.onStatus(job, status);
          },
          onComplaint,
        }),
      { signal, longestSilenceMs: LONGEST_SILENCE_MS, onStall: () => hanging(job) },
    );
    return work.finish(job.id, files, { seams: chunk ? readSeamDigests(pulse, chunk) : {}, isSuspicious });
  }
}

/** ffmpeg tells its status twice a second, except while it waits for its slowest encoder or reads a hole. */
const LONGEST_SILENCE_MS = 300_000;

function hanging({ input }: EncodeJob): PackagingError {
  const minutes = LONGEST_SILENCE_MS / 60_000;
  const message = `${printableName(basename(input.file))} keeps ffmpeg hanging: for ${minutes} minutes it made no progress.`;
  return new PackagingError('input-unreadable', message);
}
