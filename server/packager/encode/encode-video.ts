/** Encodes the picture chunk by chunk, and proves that the chunks continue each other. */

import type { VideoStream } from '../input/input-info.ts';
import { type RawMedia, readRawMedia } from '../media/raw-media.ts';
import { PackagingError } from '../packaging-error.ts';
import { decimalOf } from '../ratio.ts';
import { ToolError } from '../tool-error.ts';
import type { Chunk } from './chunks.ts';
import { type EncodePlan, rawFile, type VideoJobOptions, videoJob } from './encode-plan.ts';
import { type JobContext, performJob } from './perform-jobs.ts';
import { doFit } from './pulse.ts';
import { runJobs } from './run-jobs.ts';
import type { JobRecord } from './work-folder.ts';

/** What was made of one chunk. */
interface EncodedChunk {
  readonly chunk: Chunk;
  readonly jobId: string;
  readonly record: JobRecord;
}

/**
 * Gives one for each rung, without `raw` when nothing came out. `heldFrames` of standing picture stand behind the end.
 * @throws PackagingError `output-faulty` when chunks do not fit together even if nothing was sought.
 */
export async function encodeVideo(
  plan: EncodePlan,
  video: VideoStream,
  heldFrames: number,
  context: JobContext & { readonly parallel: number },
): Promise<(RawMedia | undefined)[]> {
  const last = plan.chunks.length - 1;
  const encodeOne = async (
    chunk: Chunk,
    isFromStart: boolean,
    signal = context.signal,
  ): Promise<EncodedChunk> => {
    const held = chunk.number === last ? heldFrames : 0;
    const options: VideoJobOptions = { directory: context.work.directory, isFromStart, heldFrames: held };
    const job = videoJob(plan, video, chunk, options);
    return { chunk, jobId: job.id, record: await performJob(job, chunk, { ...context, signal }) };
  };
  const encoded: EncodedChunk[] = [];
  await runJobs(
    plan.chunks,
    async (chunk, signal) => {
      encoded[chunk.number] = await encodeOne(chunk, false, signal).catch((error: unknown) => {
        // Nothing can be decoded at the place that was sought: damaged there, or beyond the end.
        if (chunk.number === 0 || !(error instanceof ToolError)) throw error;
        return encodeOne(chunk, true, signal);
      });
    },
    context,
  );
  const fitting = await proveSeams(encoded, (chunk) => encodeOne(chunk, true));
  return readRungs(plan, fitting, decimalOf(video.frameRate), context.work.directory);
}

/**
 * From left to right. Of two chunks that do not fit the later one is at fault, as a rule: it was sought, and the one before
 * is proved. But damage may show in another way when decoding began elsewhere; then both are made again from the start of
 * the film, where it shows as it always does. `again` does that.
 */
async function proveSeams(
  encoded: readonly EncodedChunk[],
  again: (chunk: Chunk) => Promise<EncodedChunk>,
): Promise<EncodedChunk[]> {
  const proved: EncodedChunk[] = [];
  for (const each of encoded) {
    const before = proved.pop();
    if (!before || continues(before, each)) {
      proved.push(...(before ? [before] : []), each);
      continue;
    }
    const later = await again(each.chunk);
    const earlier = continues(before, later) ? before : await again(before.chunk);
    if (!continues(earlier, later)) throw doNotFit(later.chunk);
    proved.push(earlier, later);
  }
  return proved;
}

function continues(earlier: EncodedChunk, later: EncodedChunk): boolean {
  return doFit(earlier.record.seams, later.record.seams, later.chunk.startFrame);
}

function doNotFit({ number }: Chunk): PackagingError {
  const message = `Parts ${number} and ${number + 1} of the picture do not fit together: it decodes differently each time.`;
  return new PackagingError('output-faulty', message);
}

async function readRungs(
  { rungs }: EncodePlan,
  encoded: readonly EncodedChunk[],
  framesPerSecond: number,
  directory: string,
): Promise<(RawMedia | undefined)[]> {
  const raws: (RawMedia | undefined)[] = [];
  for (const { id } of rungs) {
    const parts = encoded.map(({ chunk, jobId }) => ({
      file: rawFile(directory, id, jobId),
      start: chunk.startFrame / framesPerSecond,
    }));
    raws.push(await readRawMedia(id, parts));
  }
  return raws;
}
