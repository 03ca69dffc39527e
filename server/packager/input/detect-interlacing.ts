/**
 * Looks at samples of a picture for interlacing that nobody flagged. Two judges must agree: `idet`, which tells which field
 * comes first but takes a slow vertical pan for interlacing too, and `fieldmatch`, which tells whether lines stay torn even
 * when each field may choose its partner, but is misled by lettering.
 */

import { runTool, type Tools } from '../tools.ts';
import type { InputFile } from './input-file.ts';
import { INPUT_GUARD } from './input-guard.ts';

export type FieldOrder = 'tff' | 'bff';

export interface Sampling {
  readonly index: number;
  /** Lines as stored. */
  readonly height: number;
  readonly codec: string;
  /** Seconds; absent when unknown. */
  readonly duration?: number;
}

export interface LookOptions {
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

/** Lines of the television standards that are interlaced, and what decoders round them to. */
const INTERLACED_HEIGHTS: ReadonlySet<number> = new Set([480, 486, 512, 576, 608, 1080, 1088]);
/** Codecs that cannot code fields, or are never given any. */
const PROGRESSIVE_CODECS: ReadonlySet<string> = new Set(
  'vp8 vp9 av1 vp6f vp6 flv1 h263 theora mpeg1video rv30 rv40 gif apng png cinepak svq1 svq3'.split(' '),
);

/** Whether interlacing is possible at all; asking costs a second of decoding. */
export function mayBeInterlaced({ height, codec }: Sampling): boolean {
  return INTERLACED_HEIGHTS.has(height) && !PROGRESSIVE_CODECS.has(codec);
}

/** The field that comes first in a picture that is interlaced; `undefined` for a progressive one. */
export async function detectInterlacing(
  { file }: InputFile,
  sampling: Sampling,
  { tools, signal }: LookOptions,
): Promise<FieldOrder | undefined> {
  const look = async (start: number): Promise<string> => {
    const from = start > 0 ? ['-ss', start.toFixed(3)] : [];
    const args = [
      ...['-nostdin', '-v', 'error', ...INPUT_GUARD, ...from, '-t', `${SAMPLE_SECONDS}`, '-i', file],
      ...['-map', `0:${sampling.index}`, '-vf', JUDGES, '-f', 'framecrc', '-'],
    ];
    return (await runTool(tools.ffmpeg, args, { signal })).stdout;
  };
  const answers: string[] = [];
  for (const start of placesIn(sampling.duration)) answers.push(await look(start));
  return judge(answers.join('\n'));
}

const SAMPLE_SECONDS = 2;
/** Seconds; a shorter film is looked at from its start only. */
const LONG = 30;

/** Seconds at which samples begin. */
function placesIn(duration = 0): number[] {
  return duration < LONG ? [0] : [0.1, 0.45, 0.8].map((share) => share * duration);
}

const JUDGES = [
  'idet',
  'metadata=mode=print:key=lavfi.idet.multiple.current_frame:file=-',
  // Behind the first judge: frames that are not torn are repeated to nobody, torn ones are written.
  'format=yuv422p',
  'fieldmatch=order=tff:mode=pc:combmatch=full:mchroma=0',
  'select=not(eq(interlace_type\\,PROGRESSIVE))',
].join(',');

/** Of all frames with a verdict, those with the same field first; of all frames, the torn ones. */
const AGREEING = 0.7;
const TORN = 0.05;

/** Reads what both judges wrote. */
export function judge(text: string): FieldOrder | undefined {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const [tff, bff] = [count(/current_frame=tff/g), count(/current_frame=bff/g)];
  const progressive = count(/current_frame=progressive/g);
  const frames = count(/current_frame=/g);
  const torn = count(/^0,/gm);
  const isAgreed = Math.max(tff, bff) >= AGREEING * (tff + bff + progressive);
  if (frames === 0 || !isAgreed || torn < TORN * frames) return undefined;
  return tff >= bff ? 'tff' : 'bff';
}
