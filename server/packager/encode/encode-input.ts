/**
 * Carries out the plan of an input: every job once, as many at once as the machine takes, and what a killed run has
 * finished not again. Picture and sound end together.
 */
import type { AudioRendition } from '../ladder/audio-ladder.ts';
import type { Rung } from '../ladder/ladder.ts';
import { endOfRaw, type RawMedia, readRawMedia } from '../media/raw-media.ts';
import { decimalOf } from '../ratio.ts';
import { ToolError } from '../tool-error.ts';
import { copyJob, readingCopy } from './copy-input.ts';
import { audioJob, type EncodePlan, rawFile, SOUND_JOB } from './encode-plan.ts';
import { encodeVideo } from './encode-video.ts';
import { type JobContext, performJob } from './perform-jobs.ts';
import { isSeekable } from './seek.ts';
import { mayChange, readingSteadySound, steadySoundJob } from './steady-sound.ts';

export interface EncodedInput {
  /** In the order of the ladder; without `raw` when no picture came out. */
  readonly video: readonly { readonly rung: Rung; readonly raw: RawMedia | undefined }[];
  /** In the order of the renditions; without `raw` when no sound came out. */
  readonly audio: readonly { readonly rendition: AudioRendition; readonly raw: RawMedia | undefined }[];
  /** Seconds of standing picture behind the video's own end. */
  readonly heldSeconds: number;
}

export interface EncodeContext extends JobContext {
  /** Jobs at once. */
  readonly parallel: number;
}

export async function encodeInput(planned: EncodePlan, context: EncodeContext): Promise<EncodedInput> {
  const plan = await makeSeekable(planned, context);
  const { video } = plan.input;
  const rate = video ? decimalOf(video.frameRate) : 0;
  let heldFrames = plan.heldFrames;
  let rungs = video ? await encodeVideo(plan, video, heldFrames, context) : [];
  const pictureEnd = endOfLongest(rungs);
  const steady = await makeSteady(plan, context);
  let sounds = await encodeAudio(steady, SOUND_JOB, pictureEnd, context);
  const missing = ((endOfLongest(sounds) ?? 0) - (pictureEnd ?? 0)) * rate;
  if (video && pictureEnd !== undefined && missing > 1) {
    heldFrames += Math.round(missing);
    rungs = await encodeVideo(plan, video, heldFrames, context);
    if (new Set(plan.renditions.map(({ stream }) => stream.index)).size > 1)
      sounds = await encodeAudio(steady, `${SOUND_JOB}-held`, endOfLongest(rungs), context);
  }
  return {
    video: plan.rungs.map((rung, i) => ({ rung, raw: rungs[i] })),
    audio: plan.renditions.map((rendition, i) => ({ rendition, raw: sounds[i] })),
    heldSeconds: rate > 0 ? heldFrames / rate : 0,
  };
}

/** Seconds; `undefined` when there is nothing. */
function endOfLongest(raws: readonly (RawMedia | undefined)[]): number | undefined {
  const ends = raws.flatMap((raw) => (raw ? [endOfRaw(raw)] : []));
  return ends.length > 0 ? Math.max(...ends) : undefined;
}

/** An input whose streams cannot even be copied stays in one piece. */
async function makeSeekable(plan: EncodePlan, context: JobContext): Promise<EncodePlan> {
  if (plan.chunks.length <= 1 || isSeekable(plan.input.container)) return plan;
  const { directory } = context.work;
  try {
    await performJob(copyJob(plan, directory), undefined, context);
    return readingCopy(plan, directory);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { ...plan, chunks: [{ number: 0, startFrame: 0 }] };
  }
}

/** Sound that cannot even be decoded alone fails where it is encoded, with the better explanation. */
async function makeSteady(plan: EncodePlan, context: JobContext): Promise<EncodePlan> {
  if (!mayChange(plan)) return plan;
  const { directory } = context.work;
  try {
    await performJob(steadySoundJob(plan, directory), undefined, context);
    return readingSteadySound(plan, directory);
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return plan;
  }
}

async function encodeAudio(
  plan: EncodePlan,
  id: string,
  end: number | undefined,
  context: JobContext,
): Promise<(RawMedia | undefined)[]> {
  if (plan.renditions.length === 0) return [];
  const { directory } = context.work;
  const job = audioJob(plan, { id, directory, end });
  await performJob(job, undefined, context);
  const raws: (RawMedia | undefined)[] = [];
  for (const rendition of plan.renditions) {
    raws.push(await readRawMedia(rendition.id, [{ file: rawFile(directory, rendition.id, id), start: 0 }]));
  }
  return raws;
}
