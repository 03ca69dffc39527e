/** Tells a person what was made: a row for each representation, what stands beside them, and where to watch it. */
import { join } from 'node:path';
import type { Title } from '../../server/library/title.ts';
import { clock } from '../../server/packager/clock.ts';
import { counted } from '../../server/packager/counted.ts';
import type { MediaSet } from '../../server/packager/made-presentation.ts';
import {
  bytesOfRepresentation,
  type MadeRepresentation,
  peakOf,
  ratesOf,
} from '../../server/packager/made-representation.ts';
import type { MadeTitle } from '../../server/packager/made-title.ts';
import { claimsIn } from '../../server/verify/verdict.ts';
import { megabytes } from './format-numbers.ts';
import { alignColumns } from './text-columns.ts';

export interface SummaryRequest {
  readonly title: Title;
  readonly made: MadeTitle;
  /** It took so many seconds. */
  readonly seconds: number;
  /** Folder of all titles. */
  readonly library: string;
}

export function formatSummary({ title, made, seconds, library }: SummaryRequest): string {
  const { presentation } = made;
  const total = Object.values(title.files).reduce((sum, file) => sum + file.bytes, 0);
  const quality = presentation.video
    .flatMap(({ representations }) => representations)
    .some(({ id }) => made.quality.has(id));
  const rows = [
    ...presentation.video.flatMap((set) => set.representations.map((one) => rowOf(one, sizeOf(one), made))),
    ...presentation.audio.flatMap((set) =>
      set.representations.map((one) => rowOf(one, soundOf(set, one), made)),
    ),
  ];
  const header = ['', 'picture, sound', 'codec', 'kbit/s', 'peak', 'SSIM', 'size'];
  const table = [header, ...rows].map((row) => row.filter((_, i) => quality || i !== SSIM));
  return [
    `"${title.title}" is in the library: ${clock(title.duration)} packaged in ${clock(seconds)}, ${megabytes(total)}.`,
    ...alignColumns(table, quality ? NUMBERS : NUMBERS_WITHOUT_SSIM).map((row) => `  ${row}`),
    ...besides(made).map((line) => `  ${line}`),
    `It is in ${join(library, title.id)}`,
    ...(made.report ? [`Look at it:  ${join(library, title.id, made.report)}`] : []),
    `Watch it:    npm start, then http://127.0.0.1:8080/watch/${title.id}`,
  ].join('\n');
}

const SSIM = 5;
const NUMBERS = new Set([3, 4, 5, 6]);
const NUMBERS_WITHOUT_SSIM = new Set([3, 4, 5]);

function rowOf(one: MadeRepresentation, what: string, { presentation, quality }: MadeTitle): string[] {
  const { averageBandwidth } = ratesOf(one, presentation.minBufferTime);
  const ssim = quality.get(one.id);
  return [
    one.id,
    what,
    codecName(one.track.codecs),
    kilo(averageBandwidth),
    kilo(peakOf(one)),
    ssim === undefined ? '' : ssim.toFixed(4),
    megabytes(bytesOfRepresentation(one)),
  ];
}

function sizeOf({ track: { media } }: MadeRepresentation): string {
  return media.kind === 'video' ? `${media.width}×${media.height}` : '';
}

const LAYOUTS: Readonly<Record<number, string>> = { 1: 'mono', 2: 'stereo', 6: '5.1', 8: '7.1' };

function soundOf({ lang, role }: MediaSet, { track: { media } }: MadeRepresentation): string {
  const channels = media.kind === 'audio' ? (LAYOUTS[media.channels] ?? `${media.channels} channels`) : '';
  return [channels, lang, role === 'main' ? '' : role].filter((part) => part !== '').join(', ');
}

const CODEC_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^avc/, 'H.264'],
  [/^h(vc|ev)1/, 'HEVC'],
  [/^vp09/, 'VP9'],
  [/^av01/, 'AV1'],
  [/^mp4a\.40/, 'AAC'],
  [/^opus$/i, 'Opus'],
];

export function codecName(codecs: string): string {
  return CODEC_NAMES.find(([pattern]) => pattern.test(codecs))?.[1] ?? codecs;
}

/** What is neither picture nor sound. */
function besides({ presentation, verdict }: MadeTitle): string[] {
  const { text, thumbnails, chapters } = presentation;
  const captions = text.map(
    ({ lang, label, role }) =>
      `${label ?? (lang || 'unknown language')}${role === 'caption' ? ' (captions)' : ''}`,
  );
  return [
    ...(captions.length > 0 ? [`text: ${captions.join(', ')}`] : []),
    ...(thumbnails ? [`thumbnails: ${thumbnails.count} of ${thumbnails.width}×${thumbnails.height}`] : []),
    ...(chapters ? ['chapters'] : []),
    `verified: ${counted(claimsIn(verdict), 'claim')} looked at, ${verdict.isSound ? 'all true' : 'see above'}`,
  ];
}

function kilo(bitsPerSecond: number): string {
  return `${Math.round(bitsPerSecond / 1000)}`;
}
