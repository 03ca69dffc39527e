/**
 * Writes the filter graphs that make any input tidy and everything from one decoding: constant frame rate from 0,
 * upright, square pixels, progressive, 4:2:0 8 bit BT.709 limited range; sound at 48 kHz, as far from the picture as it
 * was. Each rung is scaled from the next larger one, which costs less than from the input.
 */

import type { Size, VideoStream } from '../input/input-info.ts';
import type { AudioRendition } from '../ladder/audio-ladder.ts';
import { formatRate } from '../ratio.ts';
import type { Chunk } from './chunks.ts';
import { toBt709 } from './colour-conversion.ts';
import { deinterlace } from './deinterlace.ts';
import { firstFrame, selectPulse } from './pulse.ts';

/** Hz; a rate that every browser and AAC decoder takes. */
export const SAMPLING_RATE = 48_000;

export interface FilterGraph {
  readonly text: string;
  /** Output pads, one for each rung or rendition. */
  readonly pads: readonly string[];
  readonly pulsePad: string;
}

export interface VideoGraphRequest {
  readonly video: VideoStream;
  /** Largest first. */
  readonly rungs: readonly Size[];
  readonly chunk: Chunk;
  /** Whether this ffmpeg has the filters for HDR and other primaries. */
  readonly canConvertLight: boolean;
  /** Whether this ffmpeg has `zscale`, which costs a third of its own `scale`. */
  readonly hasZscale?: boolean;
  /** Standing picture behind the end of the film. */
  readonly heldFrames: number;
}

/**
 * Cutting happens on the grid that `fps` lays over the film's own clock, so that it does not matter where decoding began:
 * the frame that is shown when the chunk begins is there, however long before it came.
 */
export function writeVideoGraph(request: VideoGraphRequest): FilterGraph {
  const { video, rungs, chunk, heldFrames } = request;
  const first = firstFrame(chunk);
  const end = chunk.frames === undefined ? undefined : chunk.startFrame + chunk.frames;
  const grid = [
    ...deinterlace(video),
    `fps=${formatRate(video.frameRate)}${chunk.startFrame === 0 ? ':start_time=0' : ''}`,
    ...(heldFrames > 0 ? [`tpad=stop_mode=clone:stop=${heldFrames}`] : []),
    ...cut(first, end === undefined ? undefined : end + 1),
  ];
  const own = cut(chunk.startFrame - first, end === undefined ? undefined : end - first);
  const chains = [
    `[0:${video.index}]${grid.join(',')},split=2[p][m]`,
    `[p]select='${selectPulse(chunk)}'[pulse]`,
    ...writeLadder(rungs, {
      tidy: (top) => [...own, ...toBt709(video.colour, top, request.canConvertLight), 'setsar=1'],
      shrink: (size) => [request.hasZscale ? zscaleTo(size) : scaleTo(size), 'setsar=1'],
    }),
  ];
  return { text: chains.join(';'), pads: rungs.map((_, i) => `[v${i}]`), pulsePad: '[pulse]' };
}

/** Frames `start` to `end` alone, counted from 0 again. The time base is one frame. */
function cut(start: number, end: number | undefined): string[] {
  if (start === 0 && end === undefined) return [];
  const bounds = [`start_pts=${start}`, ...(end === undefined ? [] : [`end_pts=${end}`])];
  return [`trim=${bounds.join(':')}`, ...(start === 0 ? [] : [`setpts=PTS-${start}`])];
}

function scaleTo({ width, height }: Size): string {
  return `scale=${width}:${height}:flags=bicubic`;
}

/** With the curve that `scale` calls bicubic, so that the pictures are alike. */
function zscaleTo({ width, height }: Size): string {
  return `zscale=w=${width}:h=${height}:f=bicubic:param_a=0:param_b=0.6`;
}

/** From `[m]`; rungs of one size, for several encoders, are neighbours and share their frames. */
function writeLadder(
  rungs: readonly Size[],
  { tidy, shrink }: Record<'tidy' | 'shrink', (size: Size) => readonly string[]>,
): string[] {
  const sizes = rungs.map(({ width, height }) => `${width}:${height}`);
  const firsts = rungs.map((_, i) => i).filter((i) => sizes[i] !== sizes[i - 1]);
  return firsts.flatMap((first, step) => {
    const rung = rungs[first];
    if (!rung) return [];
    const next = firsts[step + 1] ?? rungs.length;
    const pads = rungs.slice(first, next).map((_, i) => `[v${first + i}]`);
    if (next < rungs.length) pads.push(`[s${next}]`);
    const filters = step === 0 ? tidy(rung) : shrink(rung);
    return [chain(step === 0 ? '[m]' : `[s${first}]`, filters, pads, 'split')];
  });
}

/**
 * `end` is where the picture ends, in seconds, if that is known. Silence fills what is missing at the start, and at the
 * end as far as the picture goes. A stream is decoded once for all its renditions, which are neighbours, and mixed once
 * for all of one number of channels.
 */
export function writeAudioGraph(renditions: readonly AudioRendition[], end: number | undefined): FilterGraph {
  const tidy = [
    `aresample=${SAMPLING_RATE}:async=1:first_pts=0`,
    ...(end === undefined ? [] : [`apad=whole_len=${Math.round(end * SAMPLING_RATE)}`]),
  ];
  const pads = renditions.map((_, i) => `[a${i}]`);
  const streams = [...new Set(renditions.map(({ stream }) => stream.index))];
  const chains = streams.flatMap((index, i) => {
    const own = renditions.flatMap((rendition, j) => (rendition.stream.index === index ? [j] : []));
    const mixes = [...new Set(own.map((j) => renditions[j]?.channels ?? 0))];
    const mixPads = mixes.map((channels) => `[m${i}-${channels}]`);
    return [
      chain(`[0:${index}]`, tidy, i === 0 ? [...mixPads, '[p]'] : mixPads, 'asplit'),
      ...mixes.map((channels, k) => {
        const mixed = own.filter((j) => renditions[j]?.channels === channels).map((j) => `[a${j}]`);
        return chain(mixPads[k] ?? '', mixInto(channels), mixed, 'asplit');
      }),
    ];
  });
  const pulse = `[p]aselect='not(mod(n,${PULSE_AUDIO_FRAMES}))'[pulse]`;
  return { text: [...chains, pulse].join(';'), pads, pulsePad: '[pulse]' };
}

/**
 * ITU-R BS.775 as ffmpeg has it; the shares of all channels that go into one add up to 1 at most, so that nothing is
 * louder than the input may be. In floating point, since ffmpeg would take the format that suits its first encoder.
 */
function mixInto(channels: number): string[] {
  const layout = LAYOUTS[channels] ?? `${channels}c`;
  return ['aresample=rematrix_maxval=1', `aformat=sample_fmts=fltp:channel_layouts=${layout}`];
}

const LAYOUTS: Readonly<Record<number, string>> = { 1: 'mono', 2: 'stereo', 6: '5.1' };

/** Frames of about 1024 samples between two lines of the pulse: sound is encoded a hundred times faster than it sounds. */
const PULSE_AUDIO_FRAMES = 100;

/** `split` is the filter that gives the same frames to several pads. */
function chain(from: string, filters: readonly string[], pads: readonly string[], split: string): string {
  const all = pads.length > 1 ? [...filters, `${split}=${pads.length}`] : filters;
  return `${from}${all.join(',')}${pads.join('')}`;
}
