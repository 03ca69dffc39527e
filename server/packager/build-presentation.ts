/** From a probed input to all files of a title in one folder: encode, make representations, check, finish. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildOptions, BuildRequest } from './build-request.ts';
import { readCaptionsFile } from './captions/captions-file.ts';
import { encodeResumably } from './encode/encode-resumably.ts';
import type { WorkFolder } from './encode/work-folder.ts';
import { type FinishedPresentation, finishPresentation } from './finish-presentation.ts';
import { describeDamage } from './input/describe-damage.ts';
import { faceLosses } from './input/loss.ts';
import { findTruncation } from './input/truncation.ts';
import { timingOf } from './made-presentation.ts';
import type { MadeTitle } from './made-title.ts';
import { makeRepresentations } from './media/make-representations.ts';
import { createProgressMeter } from './progress.ts';
import { measureQuality } from './quality/measure-quality.ts';
import { makeReport, REPORT_FILE } from './report/make-report.ts';
import { selfCheck } from './self-check.ts';

/** What is to be published, and the work folder, which is of use until it is. */
export interface BuiltPresentation extends FinishedPresentation, MadeTitle {
  readonly work: Pick<WorkFolder, 'remove'>;
  /** What came to light of the input only when it was decoded: sentences. */
  readonly losses: readonly string[];
}

/** @throws PackagingError, ToolError, or the signal's reason; there is no work folder then. */
export async function buildPresentation(
  request: BuildRequest,
  options: BuildOptions,
): Promise<BuiltPresentation> {
  const { input, title, directory, tools, config } = request;
  const { signal, onNotice = () => undefined, onProgress = () => undefined } = options;
  const captions = await Promise.all(config.captions.map((each) => readCaptionsFile(each, onNotice)));
  const now = (): number => performance.now() / 1000;
  const meter = createProgressMeter({ duration: input.video?.end ?? input.duration, now, onProgress });
  const { encoded, work, isSuspicious, abilities, perTitle } = await encodeResumably(request, meter, options);
  try {
    meter.enter('finish');
    const media = join(directory, UNNAMED_VERSION);
    await mkdir(media);
    const made = await makeRepresentations(input, encoded, { directory: media, config, signal });
    const truncation = findTruncation(input, { ...made, heldSeconds: encoded.heldSeconds });
    const losses = [
      ...faceLosses(truncation, { name: input.name, acceptDamage: config.input.acceptDamage }),
      ...(isSuspicious ? await describeDamage(input, { tools, signal }) : []),
    ];
    losses.forEach(onNotice);
    const representations = made.video.flatMap((set) => set.representations);
    const places = { directory: media, workFolder: join(directory, 'samples') };
    const { quality } = await measureQuality({ input, representations, ...places, abilities, tools, signal });
    meter.enter('pictures');
    const context = {
      input,
      media: { ...made, ...timingOf(made) },
      directory: media,
      tools,
      signal,
      onNotice,
    };
    const finished = await finishPresentation(context, { title, directory, captions });
    meter.enter('verify');
    const verdict = await selfCheck(directory, { signal, onNotice });
    const rungs = encoded.video.map(({ rung }) => rung);
    const { presentation } = finished;
    const told = { presentation, verdict, quality, ...(perTitle ? { perTitle } : {}) };
    const place = { directory, version: finished.version };
    const report = await makeReport({ title, input, rungs, ...told, ...place, config, tools, signal });
    const files = { ...finished.files, ...report };
    const names = { ...finished.names, report: REPORT_FILE };
    return { ...finished, ...told, files, names, report: REPORT_FILE, work, losses };
  } catch (error) {
    await work.remove();
    throw error;
  }
}

/** The version is named after its content, which is known last. */
const UNNAMED_VERSION = 'version';
