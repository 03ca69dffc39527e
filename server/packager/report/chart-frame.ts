/** What all charts have in common: a box with grid lines, marks beside two axes, a name for those who do not see it. */
import { html, type Markup, px } from './markup.ts';
import type { Scale } from './scales.ts';

/** Each chart is drawn twice, and the page shows the one that fits: text in a scaled picture would be too small to read. */
export interface ChartSize {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
}

export const SIZES: readonly ChartSize[] = [
  { name: 'wide', width: 920, height: 340 },
  { name: 'narrow', width: 352, height: 280 },
];

export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Room for the marks of the axes, and at the right `labels` pixels for the names of lines. */
export function plotIn({ width, height }: ChartSize, labels = 12): Plot {
  return { left: 56, right: width - labels, top: 26, bottom: height - 40 };
}

export interface ChartRequest {
  readonly size: ChartSize;
  readonly plot: Plot;
  /** What the chart shows, in a sentence. */
  readonly label: string;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xMark: (value: number) => string;
  readonly yMark: (value: number) => string;
  readonly content: readonly Markup[];
}

export function drawChart(request: ChartRequest): Markup {
  const { size, plot, label, x, y, xTitle, yTitle, xMark, yMark, content } = request;
  const { left, right, bottom } = plot;
  const rows = y.marks.map((mark) => {
    const at = px(y.at(mark));
    return html`<line class="grid" x1="${px(left)}" x2="${px(right)}" y1="${at}" y2="${at}"/><text x="${px(left - 8)}" y="${at}" dy="0.35em" text-anchor="end">${yMark(mark)}</text>`;
  });
  const columns = x.marks.map(
    (mark) =>
      html`<line class="grid" x1="${px(x.at(mark))}" x2="${px(x.at(mark))}" y1="${px(bottom)}" y2="${px(bottom + 5)}"/><text x="${px(x.at(mark))}" y="${px(bottom + 19)}" text-anchor="middle">${xMark(mark)}</text>`,
  );
  return html`<svg class="${size.name}" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${label}">
<text class="axis" x="0" y="12">${yTitle}</text><text class="axis" x="${px(right)}" y="${px(size.height - 4)}" text-anchor="end">${xTitle}</text>
${rows}${columns}<line class="base" x1="${px(left)}" x2="${px(right)}" y1="${px(bottom)}" y2="${px(bottom)}"/>
${content}</svg>`;
}

/** The chart in both sizes. */
export function inBothSizes(draw: (size: ChartSize) => Markup): Markup {
  return html`<div class="chart">${SIZES.map(draw)}</div>`;
}
