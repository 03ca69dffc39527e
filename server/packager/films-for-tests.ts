/** Makes tiny inputs of every kind for tests, from ffmpeg's own generators. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runTool, type Tools, toolsFrom } from './tools.ts';

export const TOOLS: Tools = toolsFrom(process.env);
export const NEVER: AbortSignal = new AbortController().signal;

/** A folder that is gone when the test is over. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-packager-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export interface FilmSketch {
  readonly name?: string;
  readonly seconds?: number;
  /** Of the form `320x180`; left out: no video. */
  readonly size?: string;
  readonly rate?: string;
  /** Seconds of sound; left out: no audio. */
  readonly sound?: number;
  /** More words for ffmpeg's output. */
  readonly options?: readonly string[];
}

/** Writes the film into `folder` and gives its path. */
export async function makeFilm(folder: string, sketch: FilmSketch): Promise<string> {
  const { name = 'film.mp4', seconds = 1, size, rate = '25', sound, options = [] } = sketch;
  const path = join(folder, name);
  const picture = size ? ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`] : [];
  const tone = sound ? ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:d=${sound}`] : [];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  const args = ['-nostdin', '-v', 'error', '-y', ...picture, ...tone, ...codecs, ...options, path];
  await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  return path;
}

/** The number of frames that come out of a file; throws when decoding it finds a single error. */
export async function decodeFile(path: string, kind: 'v' | 'a'): Promise<number> {
  const args = ['-nostdin', '-v', 'error', '-xerror', '-i', path, '-map', `0:${kind}:0`, '-f', 'null', '-'];
  const { stderr } = await runTool(TOOLS.ffmpeg, args, { signal: NEVER });
  if (stderr.trim() !== '') throw new Error(stderr);
  const counting = ['-v', 'error', '-count_frames', '-select_streams', `${kind}:0`];
  const fields = ['-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0', path];
  const { stdout } = await runTool(TOOLS.ffprobe, [...counting, ...fields], { signal: NEVER });
  return Number(stdout.trim().replace(',', ''));
}
