/**
 * Draws the films of the stories: a moving test picture under grain. The grain is what the stories are about, since it
 * spends every rung's bits to the full, as real films do and drawings do not. 10 frames a second keep encoder and decoder
 * from fighting the network for this machine.
 */
import { runTool, toolsFrom } from '../server/packager/tools.ts';

/** Writes an MP4 of 1280×720 with sound. @throws ToolError when ffmpeg fails; the signal's reason when aborted. */
export async function makeTestFilm(path: string, seconds: number, signal: AbortSignal): Promise<void> {
  const picture = `testsrc2=size=1280x720:rate=10:duration=${seconds},noise=alls=10:allf=t`;
  const sound = `sine=frequency=330:sample_rate=48000:duration=${seconds}`;
  const args = [
    ...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', picture, '-f', 'lavfi', '-i', sound],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '24', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-b:a', '128k', '-f', 'mp4', path],
  ];
  await runTool(toolsFrom(process.env).ffmpeg, args, { signal });
}
