/**
 * Writes the one filter graph that makes any input tidy and all rungs from one decoding: constant frame rate from 0,
 * upright, square pixels, progressive, 4:2:0 8 bit BT.709 limited range; sound in stereo at 48 kHz, as far from the
 * picture as it was. Each rung is scaled from the next larger one, which costs less than from the input.
 */
import { toBt709 } from './colour-conversion.ts';
import type { AudioStream, InputInfo, VideoStream } from './input-info.ts';
import type { Rung } from './ladder.ts';
import { decimalOf, formatRate } from './ratio.ts';

/** Hz; a rate that every browser and AAC decoder takes. */
export const SAMPLING_RATE = 48_000;

export interface FilterGraph {
  readonly text: string;
  /** Output pads, one for each rung. */
  readonly videoPads: readonly string[];
  /** Output pads, one for each audio stream. */
  readonly audioPads: readonly string[];
  /** Seconds of standing picture added behind the video, so that it ends with the sound. */
  readonly heldSeconds: number;
}

/** `canToneMap` tells whether this ffmpeg has the filters for HDR and other primaries. */
export function writeFilterGraph(
  { video, audio }: Pick<InputInfo, 'video' | 'audio'>,
  rungs: readonly Rung[],
  canToneMap: boolean,
): FilterGraph {
  const heldSeconds = video ? secondsToHold(video, audio) : 0;
  const videoChains = video ? writeVideo(video, rungs, { canToneMap, heldSeconds }) : [];
  const audioChains = audio.map((stream, i) => writeAudio(stream, `a${i}`, video));
  return {
    text: [...videoChains, ...audioChains].join(';'),
    videoPads: rungs.map((_, i) => `[v${i}]`),
    audioPads: audio.map((_, i) => `[a${i}]`),
    heldSeconds,
  };
}

function writeVideo(
  video: VideoStream,
  rungs: readonly Rung[],
  { canToneMap, heldSeconds }: { canToneMap: boolean; heldSeconds: number },
): string[] {
  const tidy = (top: Rung): string[] => [
    ...(video.isInterlaced ? ['bwdif=mode=send_frame:deint=interlaced'] : []),
    `fps=${formatRate(video.frameRate)}:start_time=0`,
    ...(heldSeconds > 0 ? [`tpad=stop_mode=clone:stop_duration=${heldSeconds.toFixed(6)}`] : []),
    ...toBt709(video.colour, top, canToneMap),
    'setsar=1',
  ];
  return rungs.map((rung, i) => {
    const chain = i === 0 ? tidy(rung) : [`scale=${rung.width}:${rung.height}:flags=bicubic`, 'setsar=1'];
    const isLast = i === rungs.length - 1;
    const from = i === 0 ? `[0:${video.index}]` : `[s${i}]`;
    return isLast
      ? `${from}${chain.join(',')}[v${i}]`
      : `${from}${chain.join(',')},split=2[v${i}][s${i + 1}]`;
  });
}

/** Silence fills what is missing at the start, and at the end as far as the picture goes. */
function writeAudio(stream: AudioStream, pad: string, video: VideoStream | undefined): string {
  const filters = [`aresample=${SAMPLING_RATE}:async=1:first_pts=0`];
  if (video?.end) filters.push(`apad=whole_len=${Math.round(video.end * SAMPLING_RATE)}`);
  return `[0:${stream.index}]${filters.join(',')}[${pad}]`;
}

/** 0 unless the longest sound goes on for more than a frame after the picture; both ends must be known. */
function secondsToHold(video: VideoStream, audio: readonly AudioStream[]): number {
  if (!video.end) return 0;
  const missing = Math.max(0, ...audio.map((stream) => stream.end ?? 0)) - video.end;
  return missing > 1 / decimalOf(video.frameRate) ? missing : 0;
}
