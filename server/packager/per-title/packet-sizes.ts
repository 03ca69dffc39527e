/** Reads how large each frame of an input is: its encoder has already found out where the film is hard. */
import { INPUT_GUARD } from '../input/input-guard.ts';
import type { InputInfo } from '../input/input-info.ts';
import { ToolError } from '../tool-error.ts';
import { runTool, type Tools } from '../tools.ts';

export interface Packet {
  /** Seconds from the input's first time stamp. */
  readonly time: number;
  readonly bytes: number;
  /** Whether decoding can begin here; most encoders put such a frame where the scene changes. */
  readonly isSync: boolean;
}

/**
 * In order of time. Reads the whole file but decodes nothing. Empty when ffprobe finds nothing it can read, or more than
 * it can be asked for at once (days of film).
 * @throws the signal's reason when aborted.
 */
export async function readPacketSizes(
  { file, video, start }: Pick<InputInfo, 'file' | 'video' | 'start'>,
  tools: Tools,
  signal: AbortSignal,
): Promise<Packet[]> {
  if (!video) return [];
  const args = [
    ...['-v', 'error', '-select_streams', `${video.index}`, '-show_entries', 'packet=pts_time,size,flags'],
    ...['-of', 'csv=p=0', ...INPUT_GUARD, '-i', file],
  ];
  try {
    const { stdout } = await runTool(tools.ffprobe, args, { signal });
    return readPackets(stdout, start);
  } catch (error) {
    if (error instanceof ToolError) return [];
    throw error;
  }
}

/** Lines as `1.234000,5678,K_`; side data may follow. */
function readPackets(text: string, start: number): Packet[] {
  return [...text.matchAll(/^(-?[\d.]+),(\d+),(\w+)/gm)]
    .map(([, time, bytes, flags]) => ({
      time: Number(time) - start,
      bytes: Number(bytes),
      isSync: flags?.startsWith('K') ?? false,
    }))
    .filter(({ time }) => time >= 0)
    .sort((a, b) => a.time - b.time);
}
