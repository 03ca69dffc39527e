/** The rate of each rung over time: a step for each segment, so that peaks and quiet places are seen at once. */
import { clock } from '../clock.ts';
import { type MadePresentation, representationsOf } from '../made-presentation.ts';
import { type MadeRepresentation, sizedSegments } from '../made-representation.ts';
import { type ChartSize, drawChart, inBothSizes, plotIn } from './chart-frame.ts';
import { rateMark } from './chart-marks.ts';
import { html, type Markup, px } from './markup.ts';
import { logScale, type Scale, spread, timeScale } from './scales.ts';

interface Step {
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  /** Bits per second. */
  readonly rate: number;
}

export function drawRates(presentation: MadePresentation): Markup {
  const media = representationsOf(presentation);
  const legend = media.map(
    ({ id }, i) => html`<li><span class="swatch" style="${colourOf(i)}"></span>${id}</li>`,
  );
  return html`${inBothSizes((size) => drawIn(size, media, presentation.duration))}<ul class="legend">${legend}</ul>`;
}

/** Eight can be told apart; what comes behind begins again. */
function colourOf(position: number): string {
  return `--line:var(--c${position % 8})`;
}

const LABEL_ROOM: Readonly<Record<ChartSize['name'], number>> = { wide: 150, narrow: 12 };

function drawIn(size: ChartSize, media: readonly MadeRepresentation[], duration: number): Markup {
  const plot = plotIn(size, LABEL_ROOM[size.name]);
  const lines = media.map((made) => stepsOf(made, (plot.right - plot.left) / 2));
  const rates = lines.flatMap((steps) => steps.map(({ rate }) => rate)).filter((rate) => rate > 0);
  const x = timeScale(
    { from: 0, to: duration },
    { from: plot.left, to: plot.right },
    size.name === 'wide' ? 10 : 5,
  );
  const y = logScale(
    { from: Math.min(...rates) * 0.8, to: Math.max(...rates) * 1.15 },
    { from: plot.bottom, to: plot.top },
  );
  const ends = lines.map((steps) => y.at(steps.at(-1)?.rate || Math.min(...rates)));
  const labels = spread(ends, 15, { from: plot.top, to: plot.bottom });
  const content = media.map((made, i) => {
    const color = colourOf(i);
    const dash = made.track.media.kind === 'audio' ? ' dashed' : '';
    const label = html`<text class="name" x="${px(plot.right + 8)}" y="${px(labels[i] ?? 0)}" dy="0.35em" style="${color}">${made.id}</text>`;
    return html`<path class="line${dash}" style="${color}" d="${pathOf(lines[i] ?? [], x, y)}"/>${size.name === 'wide' ? label : undefined}`;
  });
  return drawChart({
    ...{ size, plot, x, y, content },
    label: `Rate of each of ${media.length} representations over ${Math.round(duration)} seconds`,
    ...{ xTitle: 'time', yTitle: 'kbit/s of each segment', xMark: clock, yMark: rateMark },
  });
}

/** Where there are more segments than anybody could tell apart, neighbours become one step of their common rate. */
function stepsOf(made: MadeRepresentation, most: number): Step[] {
  const sized = sizedSegments(made);
  const together = Math.ceil(sized.length / Math.max(1, most));
  const steps: Step[] = [];
  let start = ((made.segments[0]?.startTicks ?? 0) - made.track.skipTicks) / made.track.timescale;
  for (let i = 0; i < sized.length; i += together) {
    const group = sized.slice(i, i + together);
    const seconds = group.reduce((sum, { duration }) => sum + duration, 0);
    const bits = group.reduce((sum, { bytes }) => sum + bytes * 8, 0);
    steps.push({ start: Math.max(0, start), end: start + seconds, rate: bits / seconds });
    start += seconds;
  }
  return steps;
}

function pathOf(steps: readonly Step[], x: Scale, y: Scale): string {
  return steps
    .map(
      ({ start, end, rate }, i) =>
        `${i === 0 ? 'M' : 'L'}${px(x.at(start))} ${px(y.at(rate))}H${px(x.at(end))}`,
    )
    .join('');
}
