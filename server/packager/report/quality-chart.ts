/** What each encoding costs and how good it looks: the probes of the analysis, their hull, the rungs that were chosen or measured. */
import type { CodecReport } from '../per-title/choose-rungs.ts';
import type { RatePoint } from '../per-title/rate-quality.ts';
import { type ChartSize, drawChart, inBothSizes, plotIn } from './chart-frame.ts';
import { rateMark } from './chart-marks.ts';
import { html, type Markup, px } from './markup.ts';
import { linearScale, logScale, type Scale } from './scales.ts';

/** A finished rung, measured against the input. */
export interface MeasuredRung {
  readonly id: string;
  /** Bits per second. */
  readonly rate: number;
  readonly quality: number;
}

export interface QualityChart {
  /** SSIM, XPSNR or VMAF. */
  readonly measure: string;
  readonly codecs: readonly CodecReport[];
  /** In the same measure as the analysis, if there is one. */
  readonly rungs: readonly MeasuredRung[];
}

type Spot = Pick<RatePoint, 'rate' | 'quality'>;

/** `undefined` when nothing was measured. */
export function drawQuality(chart: QualityChart): Markup | undefined {
  const spots: Spot[] = [
    ...chart.codecs.flatMap(({ points, hull, chosen }) => [...points, ...hull, ...chosen]),
    ...chart.rungs,
  ];
  if (spots.length === 0) return undefined;
  const legend = chart.codecs.map(
    ({ codec }, i) => html`<li><span class="swatch" style="--line:var(--c${i})"></span>${codec}</li>`,
  );
  const names = legend.length > 1 ? html`<ul class="legend always">${legend}</ul>` : undefined;
  return html`${inBothSizes((size) => drawIn(size, chart, spots))}${names}`;
}

function drawIn(size: ChartSize, { measure, codecs, rungs }: QualityChart, spots: readonly Spot[]): Markup {
  const plot = plotIn(size);
  const rates = spots.map(({ rate }) => rate);
  const x = logScale(
    { from: Math.min(...rates) * 0.9, to: Math.max(...rates) * 1.1 },
    { from: plot.left, to: plot.right },
  );
  const y = measure === 'ssim' ? ssimScale(spots, plot) : plainScale(spots, plot);
  const place = (spot: Spot): string => `${px(x.at(spot.rate))} ${px(y.at(spot.quality))}`;
  const content = [
    ...codecs.flatMap(({ points, hull, chosen, codec }, i) => [
      ...points.map(
        (point) =>
          html`<circle class="probe" style="--line:var(--c${i})" cx="${px(x.at(point.rate))}" cy="${px(y.at(point.quality))}" r="2.5"><title>${codec} ${point.width}×${point.height}, crf ${point.crf}</title></circle>`,
      ),
      html`<path class="hull" style="--line:var(--c${i})" d="${hull.map((point, k) => `${k === 0 ? 'M' : 'L'}${place(point)}`).join('')}"/>`,
      ...chosen.map(
        (point) =>
          html`<circle class="chosen" style="--line:var(--c${i})" cx="${px(x.at(point.rate))}" cy="${px(y.at(point.quality))}" r="5"><title>${codec} ${point.width}×${point.height}, crf ${point.crf}</title></circle>`,
      ),
    ]),
    ...rungs.map((rung) => {
      const name = html`<text x="${px(x.at(rung.rate) - 11)}" y="${px(y.at(rung.quality))}" dy="0.35em" text-anchor="end">${rung.id}</text>`;
      const mark = html`<path class="measured" d="M${place(rung)}m0 -6l6 6l-6 6l-6 -6z"><title>${rung.id}</title></path>`;
      const hasRoom = size.name === 'wide' && x.at(rung.rate) > plot.left + LONGEST_NAME;
      return html`${mark}${hasRoom ? name : undefined}`;
    }),
  ];
  return drawChart({
    ...{ size, plot, x, y, content },
    label: `Quality against rate: ${spots.length} encodings`,
    ...{
      xTitle: 'kbit/s',
      yTitle: measure.toUpperCase(),
      xMark: rateMark,
      yMark: (value) => `${Number(value.toFixed(4))}`,
    },
  });
}

/** Pixels that the id of a rung takes. */
const LONGEST_NAME = 110;

const SSIM_MARKS = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999];

/** Equal steps of how far SSIM is from 1, as eyes see it: .98 to .99 is as much as .90 to .95. */
function ssimScale(spots: readonly Spot[], plot: { top: number; bottom: number }): Scale {
  const distance = (quality: number): number => -Math.log(Math.max(1e-4, 1 - quality));
  const all = spots.map(({ quality }) => distance(quality));
  const { at } = linearScale(
    { from: Math.min(...all) - 0.1, to: Math.max(...all) + 0.1 },
    { from: plot.bottom, to: plot.top },
    5,
  );
  const isInside = (mark: number): boolean =>
    at(distance(mark)) <= plot.bottom && at(distance(mark)) >= plot.top;
  return { at: (quality) => at(distance(quality)), marks: SSIM_MARKS.filter(isInside) };
}

function plainScale(spots: readonly Spot[], plot: { top: number; bottom: number }): Scale {
  const all = spots.map(({ quality }) => quality);
  return linearScale(
    { from: Math.min(...all) - 1, to: Math.max(...all) + 1 },
    { from: plot.bottom, to: plot.top },
    5,
  );
}
