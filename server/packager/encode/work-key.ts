/** Names everything that decides what comes out of an encoder, so that chunks of another film, wish or ffmpeg are never taken. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { runTool, type Tools } from '../tools.ts';
import { argumentsOf } from './encode-job.ts';
import { audioJob, type EncodePlan, SOUND_JOB, videoJob } from './encode-plan.ts';

const HEX_DIGITS = 16;

export interface KeyContext {
  /** Of the input: tells it from others. The time of its last change covers what the fingerprint did not look at. */
  readonly fingerprint: string;
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

export async function workKey(plan: EncodePlan, context: KeyContext): Promise<string> {
  return keyOf(plan.input.file, wordsOf(plan), context);
}

/** `wish`: everything that is asked for, as plain data. */
export async function keyOf(
  file: string,
  wish: readonly unknown[],
  { fingerprint, tools, signal }: KeyContext,
): Promise<string> {
  const { stdout: version } = await runTool(tools.ffmpeg, ['-version'], { signal });
  const { mtimeMs } = await stat(file);
  const parts = [fingerprint, mtimeMs, version, ...wish];
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
  return [...jobs, audioJob(nameless, { id: SOUND_JOB, directory: '', end: undefined })].map(argumentsOf);
}
