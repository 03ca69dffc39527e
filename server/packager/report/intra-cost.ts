/** What the pictures of a sample would cost if none of them leaned on another: what temporal coding saves, tried rather than claimed. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { videoEncoderOptions } from '../encode/video-encoder.ts';
import type { Rung } from '../ladder/ladder.ts';
import type { MadeRepresentation } from '../made-representation.ts';
import { mediaBytes } from '../media/media-bytes.ts';
import type { Preset } from '../packaging-config.ts';
import { PIPED_INPUT } from '../pictures/jpeg.ts';
import { decimalOf } from '../ratio.ts';
import { runTool, type Tools } from '../tools.ts';
import type { FrameSample } from './sample-frames.ts';

export interface IntraCost {
  readonly seconds: number;
  /** As they are in the film. */
  readonly codedBytes: number;
  /** Encoded again at the same constant quality, each by itself. */
  readonly intraBytes: number;
}

export interface IntraRequest {
  readonly made: MadeRepresentation;
  /** What the representation was encoded for. */
  readonly rung: Rung;
  readonly sample: FrameSample;
  /** Position of the segment with which the sample begins. */
  readonly segment: number;
  readonly preset: Preset;
  /** Folder of the media, and of what is encoded for a moment. */
  readonly directory: string;
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

/** Seconds. */
const SAMPLE_LENGTH = 2;
const SCRATCH_FILE = 'intra.tmp';

/** `undefined` unless quality was held constant: only then is there something to compare at. @throws ToolError; the signal's reason. */
export async function measureIntraCost(request: IntraRequest): Promise<IntraCost | undefined> {
  const { made, rung, sample, segment, preset, directory, tools, signal } = request;
  const { frameRate } = made;
  if (rung.rate.kind !== 'crf' || !frameRate) return undefined;
  const frames = Math.min(sample.frames.length, Math.round(SAMPLE_LENGTH * decimalOf(frameRate)));
  const file = join(directory, SCRATCH_FILE);
  // Without a ceiling: every picture by itself would soon meet it, and be of less quality.
  const free = { ...rung, rate: { ...rung.rate, maxRate: UNLIMITED } };
  const args = [
    ...['-hide_banner', '-v', 'error', '-y', ...PIPED_INPUT, '-map', '0:v:0', '-frames:v', `${frames}`],
    ...videoEncoderOptions(free, { frameRate, groupFrames: 1, preset, threads: 1 }),
    ...['-f', 'mp4', file],
  ];
  try {
    await runTool(tools.ffmpeg, args, { signal, stdin: mediaBytes(made, directory, [segment]) });
    const codedBytes = sample.frames.slice(0, frames).reduce((sum, frame) => sum + frame.bytes, 0);
    return { seconds: frames / decimalOf(frameRate), codedBytes, intraBytes: (await stat(file)).size };
  } finally {
    await rm(file, { force: true });
  }
}

/** Bits per second, beyond what any level of any codec has. */
const UNLIMITED = 800_000_000;
