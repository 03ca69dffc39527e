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
  const seen = await choosePicture(input, report, options);
  const heard = await chooseSounds(input, report, options);
  return {
    ...(seen.picture ? { picture: seen.picture } : {}),
    sounds: heard.sounds,
    losses: [...seen.losses, ...heard.losses],
    notices: heard.notices,
  };
}

type Chosen = Partial<ChosenStreams> & Pick<ChosenStreams, 'losses'>;

/** The first that can be decoded; nothing is lost where there is another one behind an empty or broken one. */
async function choosePicture(input: InputFile, report: ProbeReport, options: AskOptions): Promise<Chosen> {
  const pictures = findPictures(report);
  for (const picture of pictures) {
    const broken = await undecodableAmong([picture], input, options);
    if (broken.length === 0) return { picture, losses: [] };
  }
  return { losses: pictures.slice(0, 1).map(lossOf) };
}

async function chooseSounds(
  input: InputFile,
  report: ProbeReport,
  options: AskOptions,
): Promise<Chosen & Pick<ChosenStreams, 'sounds' | 'notices'>> {
  const meant = chooseAudioStreams(report);
  const undecodable = await undecodableAmong(meant, input, options);
  const losses: Loss[] = [];
  const notices = (report.streams ?? [])
    .filter(({ codec_type, channels }) => codec_type === 'audio' && channels)
    .filter((stream) => !meant.includes(stream))
    .map(({ index }) => `Its sound in stream ${index} was left out: another one is for the same.`);
  for (const stream of undecodable) {
    if (await hasPackets(stream, input, options)) losses.push(lossOf(stream));
    else notices.push(`Its sound in stream ${stream.index} is empty and was left out.`);
  }
  return { sounds: meant.filter((stream) => !undecodable.includes(stream)), losses, notices };
}

function lossOf(stream: ProbedStream): Loss {
  return { code: 'input-damaged', fact: describeUndecodable(stream) };
}

/** Encrypted streams seem to decode, into noise. */
async function undecodableAmong(
  streams: readonly ProbedStream[],
  input: InputFile,
  options: AskOptions,
): Promise<ProbedStream[]> {
  if (streams.length === 0) return [];
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
