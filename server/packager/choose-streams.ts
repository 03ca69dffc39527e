/** Chooses the picture and the sound to package: of those that a person would mean, the ones that can be decoded. */
import { type AskOptions, askFfprobe } from './ask-ffprobe.ts';
import { describeUndecodable, isEncrypted } from './describe-codec.ts';
import { findUndecodable } from './find-undecodable.ts';
import type { InputFile } from './input-file.ts';
import type { Loss } from './loss.ts';
import type { ProbedStream, ProbeReport } from './probe-report.ts';
import { chooseAudioStreams } from './read-audio-streams.ts';
import { findPictures } from './read-video-stream.ts';

export interface ChosenStreams {
  readonly picture?: ProbedStream;
  /** The main one first. */
  readonly sounds: readonly ProbedStream[];
  /** What is lost of that which a person would have meant. */
  readonly losses: readonly Loss[];
  /** Sentences about what is no loss, but may surprise. */
  readonly notices: readonly string[];
}

export async function chooseStreams(
  input: InputFile,
  report: ProbeReport,
  options: AskOptions,
): Promise<ChosenStreams> {
  const pictures = findPictures(report);
  const meant = [...pictures.slice(0, 1), ...chooseAudioStreams(report)];
  const undecodable = new Set(await undecodableAmong(meant, input, options));
  const [losses, notices]: [Loss[], string[]] = [[], []];
  for (const stream of undecodable) {
    if (stream.codec_type === 'audio' && !(await hasPackets(stream, input, options))) {
      notices.push(`Its sound in stream ${stream.index} is empty and was left out.`);
    } else losses.push({ code: 'input-damaged', fact: describeUndecodable(stream) });
  }
  const kept = meant.filter((stream) => !undecodable.has(stream));
  const sounds = kept.filter(({ codec_type }) => codec_type === 'audio');
  const picture = kept.find(({ codec_type }) => codec_type === 'video');
  if (picture || pictures.length < 2) {
    return { ...(picture ? { picture } : {}), sounds, losses, notices };
  }
  const others = pictures.slice(1);
  const bad = await undecodableAmong(others, input, options);
  const other = others.find((stream) => !bad.includes(stream));
  return { ...(other ? { picture: other } : {}), sounds, losses: other ? [] : losses, notices };
}

/** Encrypted streams seem to decode, into noise. */
async function undecodableAmong(
  streams: readonly ProbedStream[],
  input: InputFile,
  options: AskOptions,
): Promise<ProbedStream[]> {
  const clear = streams.filter((stream) => !isEncrypted(stream));
  const asked = clear.map((stream) => ({
    stream,
    index: stream.index,
    kind: stream.codec_type === 'video' ? ('v' as const) : ('a' as const),
  }));
  const undecodable = await findUndecodable(input, asked, options);
  return [...streams.filter(isEncrypted), ...undecodable.map(({ stream }) => stream)];
}

async function hasPackets(stream: ProbedStream, input: InputFile, options: AskOptions): Promise<boolean> {
  const question = ['-select_streams', `${stream.index}`, '-show_entries', 'packet=size', '-of', 'csv=p=0'];
  const answer = await askFfprobe(input, [...question, '-read_intervals', '%+#1'], options);
  return answer.trim() !== '';
}
