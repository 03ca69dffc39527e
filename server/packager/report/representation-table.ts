/** Every representation in numbers: what was asked of the encoder, and what came out. */

import { counted } from '../counted.ts';
import type { RateTarget } from '../ladder/ladder.ts';
import type { MediaSet } from '../made-presentation.ts';
import { bytesOfRepresentation, type MadeRepresentation, peakOf, ratesOf } from '../made-representation.ts';
import { grouped, sizeMark } from './chart-marks.ts';
import { html, type Markup } from './markup.ts';
import type { ReportData } from './report-data.ts';

export function writeRepresentations(data: ReportData): Markup {
  const { presentation, quality } = data;
  const hasQuality = quality.size > 0;
  const rows = [...presentation.video, ...presentation.audio].flatMap((set) =>
    set.representations.map((made) => rowOf(made, set, data, hasQuality)),
  );
  const heads = [
    '',
    'picture, sound',
    'codec',
    'asked for',
    'average',
    'peak',
    'to sustain',
    ...(hasQuality ? ['SSIM'] : []),
    'size',
  ];
  return html`<div class="scroll" role="region" aria-label="Table" tabindex="0"><table><thead><tr>${heads.map((head, i) => html`<th scope="col"${WORDS.has(i) ? CLASS_WORDS : undefined}>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div><p>Rates in kbit/s. A client that sustains the last of the three, and buffers ${presentation.minBufferTime.toFixed(1)} s first, never waits.</p>`;
}

const WORDS = new Set([1, 2, 3]);
const CLASS_WORDS = html` class="words"`;

function rowOf(
  made: MadeRepresentation,
  set: MediaSet,
  { presentation, rungs, quality }: ReportData,
  hasQuality: boolean,
): Markup {
  const { averageBandwidth, bandwidth } = ratesOf(made, presentation.minBufferTime);
  const rung = rungs.find(({ id }) => id === made.id);
  const ssim = quality.get(made.id);
  return html`<tr><th scope="row">${made.id}</th><td class="words">${describeMedia(made, set)}</td><td class="words">${made.track.codecs}</td><td class="words">${rung ? describeTarget(rung.rate) : '–'}</td><td>${kilo(averageBandwidth)}</td><td>${kilo(peakOf(made))}</td><td>${kilo(bandwidth)}</td>${hasQuality ? html`<td>${ssim === undefined ? '–' : ssim.toFixed(4)}</td>` : undefined}<td>${sizeMark(bytesOfRepresentation(made))}</td></tr>`;
}

function describeMedia({ track: { media } }: MadeRepresentation, { lang, role }: MediaSet): string {
  if (media.kind === 'video') return `${media.width}×${media.height}`;
  const words = [counted(media.channels, 'channel'), lang, role === 'main' ? '' : role];
  return words.filter((word) => word !== '').join(', ');
}

function describeTarget(rate: RateTarget): string {
  switch (rate.kind) {
    case 'crf':
      return `crf ${rate.crf}, at most ${kilo(rate.maxRate)}`;
    case 'vbr':
      return `${kilo(rate.averageRate)} on average`;
    case 'cbr':
      return `${kilo(rate.rate)} at all times`;
  }
}

function kilo(bitsPerSecond: number): string {
  return grouped(Math.round(bitsPerSecond / 1000));
}
