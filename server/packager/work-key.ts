/** Names everything that decides what comes out of an encoder, so that chunks of another film, wish or ffmpeg are never taken. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { argumentsOf } from './encode-job.ts';
import { audioJob, type EncodePlan, videoJob } from './encode-plan.ts';
import { runTool, type Tools } from './tools.ts';

const HEX_DIGITS = 16;

/** `fingerprint` tells the input from others; the time of its last change covers what it did not look at. */
export async function workKey(
  plan: EncodePlan,
  fingerprint: string,
  { tools, signal }: { tools: Tools; signal: AbortSignal },
): Promise<string> {
  const { stdout: version } = await runTool(tools.ffmpeg, ['-version'], { signal });
  const { mtimeMs } = await stat(plan.input.file);
  const parts = [fingerprint, mtimeMs, version, ...wordsOf(plan)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, HEX_DIGITS);
}

/** Without the names of folders. */
function wordsOf(plan: EncodePlan): string[][] {
  const nameless = { ...plan, source: { ...plan.source, file: '' } };
  const { video } = plan.input;
  const { heldFrames } = plan;
  const jobs = plan.chunks.flatMap((chunk) =>
    video ? videoJob(nameless, video, chunk, { directory: '', heldFrames }) : [],
  );
  return [...jobs, audioJob(nameless, { id: 'sound', directory: '', end: undefined })].map(argumentsOf);
}
