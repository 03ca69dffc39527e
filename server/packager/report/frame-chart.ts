/** A bar for each frame of a sample, by what kind it is: the rhythm of key pictures, and what the others save. */
import { type ChartSize, drawChart, inBothSizes, plotIn } from './chart-frame.ts';
import { percentMark, sizeMark } from './chart-marks.ts';
import { html, type Markup, px } from './markup.ts';
import type { FrameKind, FrameSample, SampledFrame } from './sample-frames.ts';
import { linearScale } from './scales.ts';

export function drawFrames(sample: FrameSample): Markup {
  return html`${inBothSizes((size) => drawIn(size, sample))}${legendAndTable(sample.frames)}`;
}

function drawIn(size: ChartSize, { frames, start, duration, id }: FrameSample): Markup {
  const plot = plotIn(size);
  const most = Math.max(...frames.map(({ bytes }) => bytes));
  const x = linearScale(
    { from: start, to: start + duration },
    { from: plot.left, to: plot.right },
    size.name === 'wide' ? 10 : 4,
  );
  const y = linearScale({ from: 0, to: most * 1.05 }, { from: plot.bottom, to: plot.top }, 4);
  const step = (plot.right - plot.left) / frames.length;
  const gap = step > 3 ? 1 : 0;
  const content = frames.map(({ kind, bytes }, i) => {
    const height = Math.max(1, plot.bottom - y.at(bytes));
    return html`<rect class="k${kind}" x="${px(plot.left + i * step)}" y="${px(plot.bottom - height)}" width="${px(step - gap)}" height="${px(height)}"/>`;
  });
  return drawChart({
    ...{ size, plot, x, y, content },
    label: `Bytes of each of ${frames.length} frames of ${id}, by kind`,
    ...{
      xTitle: 'seconds',
      yTitle: 'bytes of each frame',
      xMark: (value) => `${Number(value.toFixed(1))}`,
      yMark: sizeMark,
    },
  });
}

const NAMES: Readonly<Record<FrameKind, string>> = {
  I: 'I: by itself',
  P: 'P: leans on earlier ones',
  B: 'B: leans on both sides',
  key: 'key: by itself',
  inter: 'leans on others',
};

function legendAndTable(frames: readonly SampledFrame[]): Markup {
  const kinds = (Object.keys(NAMES) as FrameKind[]).filter((kind) =>
    frames.some((frame) => frame.kind === kind),
  );
  const total = frames.reduce((sum, { bytes }) => sum + bytes, 0);
  const rows = kinds.map((kind) => {
    const own = frames.filter((frame) => frame.kind === kind);
    const bytes = own.reduce((sum, frame) => sum + frame.bytes, 0);
    return html`<tr><th scope="row"><span class="swatch k${kind}"></span>${NAMES[kind]}</th><td>${own.length}</td><td>${sizeMark(bytes / own.length)}</td><td>${percentMark(bytes / total)}</td></tr>`;
  });
  return html`<div class="scroll" role="region" aria-label="Table" tabindex="0"><table><thead><tr><th scope="col">Frames</th><th scope="col">number</th><th scope="col">on average</th><th scope="col">of all bytes</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
