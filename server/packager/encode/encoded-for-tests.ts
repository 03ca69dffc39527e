/** Encodes a film for tests as the packager does, without a library around it. */

import { NEVER, TOOLS } from '../films-for-tests.ts';
import type { InputInfo } from '../input/input-info.ts';
import { probe } from '../input/probe.ts';
import { chooseAudio } from '../ladder/audio-ladder.ts';
import { chooseLadder } from '../ladder/ladder.ts';
import { DEFAULT_PACKAGING_CONFIG } from '../packaging-config.ts';
import { type EncodedInput, encodeInput } from './encode-input.ts';
import { type EncodePlan, planEncode } from './encode-plan.ts';
import { openWorkFolder } from './work-folder.ts';

/** In segments of 1 s and chunks of `chunkSeconds`; without a picture nothing is chunked. */
export async function planFilm(film: string, chunkSeconds: number): Promise<EncodePlan> {
  const input = await probe(film, TOOLS, NEVER);
  const config = { ...DEFAULT_PACKAGING_CONFIG, segmentSeconds: 1 };
  return planEncode({
    input,
    rungs: input.video ? chooseLadder(input.video) : [],
    renditions: chooseAudio(input, config.codecs),
    canConvertLight: false,
    hasZscale: false,
    av1Encoder: 'libsvtav1',
    config,
    chunkSeconds,
    threads: 1,
  });
}

export interface EncodedFilm {
  readonly input: InputInfo;
  readonly encoded: EncodedInput;
  /** Ids of the jobs that were done, in the order in which they ended. */
  readonly jobs: readonly string[];
}

/** The work folder is made in `folder`. */
export async function encodeFilm(
  plan: EncodePlan,
  folder: string,
  { key = 'a', ffmpeg = TOOLS.ffmpeg }: { key?: string; ffmpeg?: string } = {},
): Promise<EncodedFilm> {
  const work = await openWorkFolder(folder, key, plan.source.file);
  const jobs: string[] = [];
  const encoded = await encodeInput(plan, {
    work,
    tools: { ...TOOLS, ffmpeg },
    signal: NEVER,
    parallel: 2,
    onStatus: () => undefined,
    onDone: ({ id }) => jobs.push(id),
  });
  return { input: plan.input, encoded, jobs };
}
