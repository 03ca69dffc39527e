/** Analyses a film in a folder that outlives a killed run, so that the next run goes on with the same rungs at once. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BuildRequest } from '../build-request.ts';
import { counted } from '../counted.ts';
import { openWorkFolder, type WorkFolder } from '../encode/work-folder.ts';
import { keyOf } from '../encode/work-key.ts';
import { type AnalyseOptions, analyseTitle, isAnalysed, type TitleAnalysis } from './analyse-title.ts';

export interface ResumableAnalysis extends Omit<TitleAnalysis, 'cpu'> {
  /** Holds the result; to be removed when the title is published, or never will be. */
  readonly work: Pick<WorkFolder, 'remove'>;
}

export interface ResumableOptions extends Pick<AnalyseOptions, 'abilities' | 'signal' | 'onProgress'> {
  readonly onNotice?: (sentence: string) => void;
}

/** @throws the signal's reason when aborted; there is no work folder then. */
export async function analyseResumably(
  request: BuildRequest,
  { onNotice, ...options }: ResumableOptions,
): Promise<ResumableAnalysis> {
  const { input, config, tools, directory, fingerprint } = request;
  const { signal, abilities } = options;
  const analyseIn = (workFolder: string): Promise<TitleAnalysis> =>
    analyseTitle(input, { ...options, config, tools, workFolder });
  if (!isAnalysed(input, config)) return { ...(await analyseIn(directory)), work: NO_FOLDER };
  const { codecs, rateControl, crf, preset, perTitle, segmentSeconds } = config;
  const wish = ['analysis', codecs, rateControl, crf, preset, perTitle, segmentSeconds, abilities];
  const key = await keyOf(input.file, wish, { fingerprint, tools, signal });
  const work = await openWorkFolder(dirname(directory), key, input.file);
  try {
    const { cpu: _, ...analysis } = await once(work, () => analyseIn(work.directory));
    onNotice?.(describeAnalysis(analysis));
    return { ...analysis, work };
  } catch (error) {
    await work.remove();
    throw error;
  }
}

const NO_FOLDER: Pick<WorkFolder, 'remove'> = { remove: async () => undefined };

const JOB = 'analysis';

/** What an earlier run found, else what is found now. */
async function once(work: WorkFolder, analyse: () => Promise<TitleAnalysis>): Promise<TitleAnalysis> {
  const file = join(work.directory, `${JOB}.json`);
  if (await work.recordOf(JOB)) return JSON.parse(await readFile(file, 'utf8')) as TitleAnalysis;
  const analysis = await analyse();
  await writeFile(file, JSON.stringify(analysis));
  await work.finish(JOB, [file], { seams: {}, isSuspicious: false });
  return analysis;
}

/** One sentence on where the rungs come from. */
export function describeAnalysis({ rungs, report, reason }: Omit<TitleAnalysis, 'cpu'>): string {
  if (!report) return reason ?? '';
  const saved = Math.round(100 * Math.max(...report.codecs.map((codec) => codec.saved ?? 0)));
  const most = report.codecs.length > 1 ? 'up to ' : '';
  const gain = saved > 0 ? `, which takes ${most}${saved} % less than the usual one at equal quality` : '';
  return `The film has a ladder of its own with ${counted(rungs.length, 'rung')}${gain}.`;
}
