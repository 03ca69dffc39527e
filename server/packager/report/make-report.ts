/** Puts the report of a title beside its manifests: whatever it can still find out it does, and nothing of that can fail the title. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TitleFile } from '../../library/title.ts';
import { describeContent, typeOf } from '../describe-files.ts';
import type { Rung } from '../ladder/ladder.ts';
import type { MadePresentation } from '../made-presentation.ts';
import type { PackagingConfig } from '../packaging-config.ts';
import { ToolError } from '../tool-error.ts';
import type { Tools } from '../tools.ts';
import { measureIntraCost } from './intra-cost.ts';
import type { ReportData } from './report-data.ts';
import { type FrameSample, firstSampled, sampleFrames } from './sample-frames.ts';
import { writeReport } from './write-report.ts';

export const REPORT_FILE = 'report.html';

export interface ReportRequest extends Omit<ReportData, 'frames' | 'intra'> {
  /** The title's folder, in which the report is put. */
  readonly directory: string;
  /** Folder of the media, inside of it. */
  readonly version: string;
  readonly config: Pick<PackagingConfig, 'preset'>;
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

/** Gives the name of the file and what `title.json` says of it. @throws the file system's error; the signal's reason. */
export async function makeReport(request: ReportRequest): Promise<Record<string, TitleFile>> {
  const { directory, version, ...rest } = request;
  const sample = await lookAtFrames(request.presentation, { ...rest, media: join(directory, version) });
  const page = Buffer.from(writeReport({ ...rest, ...sample }));
  await writeFile(join(directory, REPORT_FILE), page);
  return { [REPORT_FILE]: describeContent(page, typeOf(REPORT_FILE)) };
}

interface Looking extends Pick<ReportRequest, 'config' | 'tools' | 'signal'> {
  readonly rungs: readonly Rung[];
  /** Folder of the media. */
  readonly media: string;
}

/** Of the largest picture of the first codec. */
async function lookAtFrames(
  { video }: MadePresentation,
  { rungs, media, config, tools, signal }: Looking,
): Promise<Pick<ReportData, 'frames' | 'intra'>> {
  const made = video[0]?.representations[0];
  if (!made) return {};
  const frames: FrameSample = await sampleFrames(made, media);
  const rung = rungs.find(({ id }) => id === made.id);
  if (!rung) return { frames };
  const request = {
    made,
    rung,
    sample: frames,
    segment: firstSampled(made),
    preset: config.preset,
    directory: media,
    tools,
    signal,
  };
  const intra = await measureIntraCost(request).catch((error: unknown) => {
    // An encoder that cannot do without leaning on other pictures: the report then says nothing of it.
    if (error instanceof ToolError) return undefined;
    throw error;
  });
  return { frames, ...(intra ? { intra } : {}) };
}
