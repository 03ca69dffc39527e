/** Asks once what an input is, and keeps what the packager needs to decide; whatever cannot be packaged ends here. */

import { PackagingError } from '../packaging-error.ts';
import type { Tools } from '../tools.ts';
import { type AskOptions, askFfprobe } from './ask-ffprobe.ts';
import { chooseStreams } from './choose-streams.ts';
import { findCut } from './find-cut.ts';
import { findInputFile, type InputFile, refuseChanged } from './input-file.ts';
import type { InputInfo } from './input-info.ts';
import { DEFAULT_INPUT_POLICY, type InputPolicy, refuseTooLarge } from './input-policy.ts';
import { lookAtPicture } from './look-at-picture.ts';
import { faceLosses } from './loss.ts';
import type { ProbeReport } from './probe-report.ts';
import { endingAt, measureInput, readInputInfo } from './read-input-info.ts';
import { describeDrawnSubtitles } from './read-subtitles.ts';

/** @throws PackagingError about the input; ToolError when a tool itself fails; the signal's reason. */
export async function probe(
  path: string,
  tools: Tools,
  signal: AbortSignal,
  policy: InputPolicy = DEFAULT_INPUT_POLICY,
): Promise<InputInfo> {
  const input = await findInputFile(path);
  const options: AskOptions = { tools, signal, probeTime: policy.probeTime };
  const report = await askForReport(input, options);
  refuseTooLarge(measureInput(input, report), policy);
  const { picture, sounds, ...rest } = await chooseStreams(input, report, options);
  const leading = picture ?? sounds[0];
  if (!leading) throw nothingToPlay(input, rest.losses.map(({ fact }) => fact).join('; '));
  const cut = await findCut(input, report, leading, options);
  const seen = picture && (await lookAtPicture(picture, { input, report }, options));
  if (seen?.isStill && sounds.length === 0) throw nothingToPlay(input, 'it is a single picture, not a film');
  await refuseChanged(input);
  const losses = [...cut.losses, ...rest.losses, ...(seen?.losses ?? [])];
  const info: InputInfo = {
    ...readInputInfo(input, report, { ...(picture ? { picture } : {}), sounds }),
    ...(seen ? { video: seen.video } : {}),
    notices: [
      ...faceLosses(losses, { name: input.name, acceptDamage: policy.acceptDamage }),
      ...cut.notices,
      ...rest.notices,
      ...(seen?.notices ?? []),
      ...describeDrawnSubtitles(report),
    ],
  };
  return cut.end === undefined ? info : endingAt(info, cut.end);
}

async function askForReport(input: InputFile, options: AskOptions): Promise<ProbeReport> {
  const question = ['-of', 'json', '-show_format', '-show_streams', '-show_chapters'];
  return JSON.parse(await askFfprobe(input, question, options)) as ProbeReport;
}

function nothingToPlay({ name }: InputFile, reason: string): PackagingError {
  const fact = reason || 'it has neither video nor audio that can be decoded';
  return new PackagingError('nothing-to-play', `${name} cannot be packaged: ${fact}.`);
}
