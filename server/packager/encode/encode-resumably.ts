/** Encodes an input in a folder that outlives a killed run: the next run with the same wish goes on from there. */
import { dirname } from 'node:path';
import type { BuildOptions, BuildRequest } from '../build-request.ts';
import { explainFailure } from '../input/explain-failure.ts';
import { analyseResumably } from '../per-title/analyse-resumably.ts';
import type { PerTitleReport } from '../per-title/analyse-title.ts';
import type { ProgressMeter } from '../progress.ts';
import { type Abilities, findAbilities } from './abilities.ts';
import { type EncodedInput, encodeInput } from './encode-input.ts';
import type { EncodeJob } from './encode-job.ts';
import { type EncodePlan, groupSecondsOf, jobIdsOf } from './encode-plan.ts';
import { type InputPlan, planInput } from './plan-input.ts';
import { createRungSizes } from './rung-sizes.ts';
import { type JobRecord, openWorkFolder, type WorkFolder } from './work-folder.ts';
import { workKey } from './work-key.ts';

export interface ResumableEncoding {
  readonly encoded: EncodedInput;
  /** Whether a decoder complained about the input. */
  readonly isSuspicious: boolean;
  /** How the rungs were found; absent for those of the usual ladder. */
  readonly perTitle?: PerTitleReport;
  readonly abilities: Abilities;
  /** Holds what is encoded; to be removed when that is published. */
  readonly work: Pick<WorkFolder, 'remove'>;
}

/** @throws PackagingError, ToolError, or the signal's reason; nothing is left in any work folder then. */
export async function encodeResumably(
  request: BuildRequest,
  meter: ProgressMeter,
  options: BuildOptions,
): Promise<ResumableEncoding> {
  const { signal, onNotice } = options;
  const abilities = await findAbilities(request, options);
  const reports = { onProgress: meter.analyse, ...(onNotice ? { onNotice } : {}) };
  const analysed = await analyseResumably(request, { abilities, signal, ...reports });
  try {
    const planned = planInput(request, analysed.rungs, abilities);
    const { work, ...done } = await encodePlanned(planned, request, meter, options);
    const remove = async (): Promise<void> => {
      await work.remove();
      await analysed.work.remove();
    };
    return {
      ...done,
      abilities,
      work: { remove },
      ...(analysed.report ? { perTitle: analysed.report } : {}),
    };
  } catch (error) {
    await analysed.work.remove();
    throw explainFailure(error, request.input);
  }
}

async function encodePlanned(
  { plan, parallel }: InputPlan,
  { input, tools, directory, fingerprint }: BuildRequest,
  meter: ProgressMeter,
  { signal, onNotice, onCommand }: BuildOptions,
): Promise<Omit<ResumableEncoding, 'perTitle' | 'abilities'>> {
  const key = await workKey(plan, { fingerprint, tools, signal });
  const work = await openWorkFolder(dirname(directory), key, input.file);
  try {
    meter.watch(createRungSizes(work.directory, { rungs: plan.rungs, groupSeconds: groupSecondsOf(plan) }));
    const sentence = await describeResumption(plan, work);
    if (sentence) onNotice?.(sentence);
    let isSuspicious = false;
    const onDone = (job: EncodeJob, record: JobRecord): void => {
      isSuspicious ||= record.isSuspicious;
      meter.finish(job);
    };
    const reports = { onStatus: meter.report, onDone, ...(onCommand ? { onCommand } : {}) };
    const encoded = await encodeInput(plan, { work, tools, signal, parallel, ...reports });
    return { encoded, work, isSuspicious };
  } catch (error) {
    await work.remove();
    throw error;
  }
}

/** What a killed run has finished is said, so that nobody wonders why it is so quick. */
async function describeResumption(plan: EncodePlan, work: WorkFolder): Promise<string | undefined> {
  const jobs = jobIdsOf(plan);
  const records = await Promise.all(jobs.map((id) => work.recordOf(id)));
  const done = records.filter((record) => record !== undefined).length;
  if (done === 0) return undefined;
  return `This continues a run that was interrupted: ${done} of ${jobs.length} parts are done.`;
}
