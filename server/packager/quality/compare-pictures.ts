/** Writes the ffmpeg command that compares encodings of a part of a film with that part, and reads what it says. */
import type { Size } from '../input/input-info.ts';
import { type FilmPart, partGraph, partInput } from './film-part.ts';
import type { QualityMeasure } from './quality-measure.ts';
import { SPOKEN } from './spoken-result.ts';

export interface Comparison extends FilmPart {
  /** At which all are compared. */
  readonly top: Size;
  /** Each begins with the first frame of the part; what goes beyond its end is not looked at. */
  readonly files: readonly string[];
  readonly measure: QualityMeasure;
  /** 1: every frame; 3: every third. Neighbours lose much the same. */
  readonly frameStep: number;
}

/** Both sides are numbered by frame, so that no time stamp can put them out of step. */
export function comparisonArguments(comparison: Comparison): string[] {
  const { top, files, measure, part, frameStep } = comparison;
  const { text, pads } = partGraph(comparison, [top]);
  const end = part.frames === undefined ? [] : [`trim=end_frame=${part.frames}`];
  const numbered = [`framestep=${frameStep}`, 'settb=1/1000', 'setpts=N'];
  const enlarged = [`scale=${top.width}:${top.height}:flags=bicubic`, 'setsar=1', 'format=yuv420p'];
  const graph = [
    text,
    `${pads[0]}${numbered.join(',')},split=${files.length}${files.map((_, i) => `[r${i}]`).join('')}`,
    ...files.map((_, i) => {
      const judged = `[${i + 1}:v]${[...end, ...numbered, ...enlarged].join(',')}[d${i}]`;
      return `${judged};[d${i}][r${i}]${measure.filter}@${filterName(i)}[o${i}]`;
    }),
  ];
  const inputs = files.flatMap((file) => ['-i', file]);
  const maps = files.flatMap((_, i) => ['-map', `[o${i}]`]);
  const filter = ['-filter_complex', graph.join(';')];
  return [...SPOKEN, ...partInput(comparison), ...inputs, ...filter, ...maps, '-f', 'null', '-'];
}

/** Each filter says its result under a name of its own: `[ssim@q3 @ 0x…] SSIM …`. */
function filterName(i: number): string {
  return `q${i}`;
}

/** What each filter said, in the order of the files; `undefined` where it said nothing, as for a part without a frame. */
export function readQualities(
  stderr: string,
  { files, measure }: Pick<Comparison, 'files' | 'measure'>,
): (number | undefined)[] {
  const lines = stderr.split('\n');
  return files.map((_, i) => {
    const own = lines.filter((line) => line.includes(`@${filterName(i)} @`));
    return own.map(measure.read).find((value) => value !== undefined);
  });
}
