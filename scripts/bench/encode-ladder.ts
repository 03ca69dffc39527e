/** Runs the encoders of the packager, and nothing but them, and tells what they cost. */
import { argumentsOf } from '../../server/packager/encode/encode-job.ts';
import { audioJob, type EncodePlan, SOUND_JOB, videoJob } from '../../server/packager/encode/encode-plan.ts';
import type { Tools } from '../../server/packager/tools.ts';
import { type Cost, measureCommand } from './measure-command.ts';

/** One after another; the files are left in the folder. */
export async function encodeLadder(
  plan: EncodePlan,
  { tools, directory, signal }: { tools: Tools; directory: string; signal: AbortSignal },
): Promise<Cost> {
  const { video } = plan.input;
  const pictures = plan.chunks.flatMap((chunk) => (video ? videoJob(plan, video, chunk, { directory }) : []));
  const sound = audioJob(plan, { id: SOUND_JOB, directory, end: video?.end });
  const total = { wall: 0, cpu: 0 };
  for (const job of plan.renditions.length > 0 ? [...pictures, sound] : pictures) {
    const { wall, cpu } = await measureCommand(tools.ffmpeg, argumentsOf(job), { signal });
    total.wall += wall;
    total.cpu += cpu;
  }
  return total;
}
