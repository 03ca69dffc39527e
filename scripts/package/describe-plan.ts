/** Tells a person what packaging a file would make, before anything is encoded. */
import { join } from 'node:path';
import { clock } from '../../server/packager/clock.ts';
import { counted } from '../../server/packager/counted.ts';
import type { InputInfo } from '../../server/packager/input/input-info.ts';
import type { AudioRendition } from '../../server/packager/ladder/audio-ladder.ts';
import type { RateTarget, Rung, VideoCodec } from '../../server/packager/ladder/ladder.ts';
import type { FilePlan } from '../../server/packager/plan-file.ts';
import { decimalOf } from '../../server/packager/ratio.ts';
import { kilobits, megabytes } from './format-numbers.ts';
import { describeTarget } from './rung-table.ts';
import { alignColumns, fitColumns } from './text-columns.ts';

/** Several lines; `library` is the folder of all titles. */
export function describePlan(file: FilePlan, library: string): string {
  const { plan, id, title } = file;
  const { input, rungs, renditions } = plan;
  const rows = [...rungs.map(rungRow), ...renditions.map(soundRow)];
  const table = alignColumns([['', 'picture, sound', 'codec', 'target'], ...rows], new Set());
  const name = fitColumns(input.name, LONGEST_NAME);
  return [
    `${name} would become "${fitColumns(title, LONGEST_NAME)}" in ${join(library, id)}. Nothing is encoded now.`,
    `  input: ${describeInput(input)}`,
    ...table.map((line) => `  ${line}`),
    ...describeText(file),
    `  cut: ${describeCut(file)}`,
    `  size: ${describeSize(file)}`,
    ...describeCommands(file),
  ].join('\n');
}

const LONGEST_NAME = 40;

/** The chunks of a picture differ in where they begin alone. */
function describeCommands({ plan: { chunks, renditions }, commands }: FilePlan): string[] {
  const [first] = commands;
  const others = chunks.length - 1;
  return [
    ...(chunks.length > 0 && first
      ? ['', `Picture${others > 0 ? `, the first of ${chunks.length} parts` : ''}:`, first]
      : []),
    ...(renditions.length > 0 ? ['', 'Sound:', commands.at(-1) ?? ''] : []),
  ];
}

const CODECS: Readonly<Record<VideoCodec, string>> = { h264: 'H.264', hevc: 'HEVC', vp9: 'VP9', av1: 'AV1' };

function rungRow({ id, width, height, codec, rate }: Rung): string[] {
  return [id, `${width}×${height}`, CODECS[codec], describeTarget(rate)];
}

function soundRow({ id, channels, stream, codec, rate }: AudioRendition): string[] {
  const what = [counted(channels, 'channel'), ...(stream.lang ? [stream.lang] : [])];
  return [id, what.join(', '), codec === 'aac' ? 'AAC' : 'Opus', kilobits(rate)];
}

function describeInput({ video, audio, duration, bytes }: InputInfo): string {
  const picture = video
    ? [
        `${Math.round(video.display.width)}×${Math.round(video.display.height)} ${video.codec}`,
        `${Number(decimalOf(video.frameRate).toFixed(3))} frames a second`,
      ]
    : [];
  const sounds = audio.map(
    ({ codec, lang, channels }) => `${codec} with ${counted(channels, 'channel')}${lang ? ` (${lang})` : ''}`,
  );
  return [...picture, ...sounds, ...(duration === undefined ? [] : [clock(duration)]), megabytes(bytes)].join(
    ', ',
  );
}

function describeText({ plan: { input }, config }: FilePlan): string[] {
  const given = config.captions.map(({ lang }) => `${lang} (given)`);
  const inside = input.subtitles.map(({ lang }) => `${lang || 'unknown language'} (in the file)`);
  const chapters = input.chapters.length > 0 ? [counted(input.chapters.length, 'chapter')] : [];
  const all = [...given, ...inside, ...chapters];
  return all.length > 0 ? [`  text: ${all.join(', ')}`] : [];
}

function describeCut({ plan, config, parallel }: FilePlan): string {
  const layout = config.layout === 'indexed' ? 'one file for each representation' : 'a file for each segment';
  const segments = `segments of ${config.segmentSeconds} s, ${layout}`;
  if (plan.chunks.length < 2) return segments;
  return `${segments}; encoded in ${plan.chunks.length} parts, ${Math.min(parallel, plan.chunks.length)} at once`;
}

/** Of the ceiling, what constant quality takes: little for drawings, most of it for grain and water. */
const USUAL_SHARE = [0.1, 0.75] as const;
/** By how much an average misses, either way. */
const AVERAGE_MISS = 0.1;

function describeSize({ plan: { input, rungs, renditions } }: FilePlan): string {
  const duration = input.video?.end ?? input.duration;
  if (duration === undefined) return 'cannot be told: the file does not say how long it is';
  const sound = renditions.reduce((sum, { rate }) => sum + rate, 0);
  const rates = rungs.map(({ rate }) => rangeOf(rate));
  const [least, most, ceiling] = ([0, 1, 2] as const).map((i) => {
    const picture = rates.reduce((sum, range) => sum + range[i], 0);
    return ((picture + sound) * duration) / 8;
  });
  const range = `between ${megabytes(least ?? 0)} and ${megabytes(most ?? 0)} expected`;
  return `${range}, at most ${megabytes(ceiling ?? 0)}`;
}

/** Bits per second: least and most that are usual, and what cannot be exceeded. */
function rangeOf(rate: RateTarget): readonly [number, number, number] {
  switch (rate.kind) {
    case 'crf':
      return [rate.maxRate * USUAL_SHARE[0], rate.maxRate * USUAL_SHARE[1], rate.maxRate];
    case 'vbr':
      return [rate.averageRate * (1 - AVERAGE_MISS), rate.averageRate * (1 + AVERAGE_MISS), rate.maxRate];
    case 'cbr':
      return [rate.rate * (1 - AVERAGE_MISS), rate.rate, rate.rate * (1 + AVERAGE_MISS)];
  }
}
