/** One film in the usual ladder and in one of its own, both really encoded: what that saves, and what finding it costs. */
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findAbilities } from '../../../server/packager/encode/abilities.ts';
import { planInput } from '../../../server/packager/encode/plan-input.ts';
import { probe } from '../../../server/packager/input/probe.ts';
import { chooseLadder, type Rung } from '../../../server/packager/ladder/ladder.ts';
import { DEFAULT_PACKAGING_CONFIG, type PackagingConfig } from '../../../server/packager/packaging-config.ts';
import { analyseTitle } from '../../../server/packager/per-title/analyse-title.ts';
import {
  savedAtEqualQuality,
  type Viewing,
  viewingOf,
} from '../../../server/packager/per-title/compare-ladders.ts';
import type { Tools } from '../../../server/packager/tools.ts';
import { type EncodedLadder, encodeAndJudge } from './encoded-ladder.ts';

export interface FilmComparison {
  readonly file: string;
  /** Seconds of film. */
  readonly duration: number;
  readonly usual: EncodedLadder;
  readonly own: EncodedLadder;
  /** Share of the bits at equal SSIM, over all SSIM that both ladders reach; what the analysis expected of it. */
  readonly saved: number | undefined;
  readonly expected: number | undefined;
  /** Viewers on networks from that of the cheapest rung to twice that of the dearest, as many for each factor. */
  readonly viewers: { readonly usual: Viewing; readonly own: Viewing };
  /** Processor seconds of the analysis. */
  readonly analysisCpu: number;
}

export async function compareLaddersOfFilm(
  file: string,
  { folder, tools, signal }: { folder: string; tools: Tools; signal: AbortSignal },
): Promise<FilmComparison> {
  const found = await probe(file, tools, signal);
  const { video } = found;
  if (!video) throw new Error(`${basename(file)} has no picture.`);
  const input = { ...found, audio: [] };
  const config: PackagingConfig = { ...DEFAULT_PACKAGING_CONFIG, perTitle: 'always' };
  const abilities = await findAbilities({ input, tools, config }, { signal });
  const analysis = await analyseTitle(input, { config, tools, signal, abilities, workFolder: folder });
  if (!analysis.report) throw new Error(`${basename(file)} was not analysed: ${analysis.reason}`);
  const encode = async (name: string, rungs: readonly Rung[]): Promise<EncodedLadder> => {
    const directory = join(folder, name);
    await mkdir(directory, { recursive: true });
    return encodeAndJudge(planInput({ input, config }, rungs, abilities).plan, video, {
      tools,
      directory,
      signal,
    });
  };
  const usual = await encode('usual', chooseLadder(video, config));
  const own = await encode('own', analysis.rungs);
  const rates = [...usual.rungs, ...own.rungs].map(({ rate }) => rate);
  const networks = { from: Math.min(...rates), to: 2 * Math.max(...rates) };
  return {
    file: basename(file),
    duration: video.end ?? input.duration ?? 0,
    usual,
    own,
    saved: savedAtEqualQuality(usual.rungs, own.rungs),
    expected: analysis.report.codecs[0]?.saved,
    viewers: { usual: viewingOf(usual.rungs, networks), own: viewingOf(own.rungs, networks) },
    analysisCpu: analysis.cpu.encoding + analysis.cpu.measuring,
  };
}
