/** Writes the report of a title: one page that needs nothing else, neither script nor network. The same data give the same page. */

import { allFaults, CHECKS, describeFault, type Looked, type Verdict } from '../../verify/verdict.ts';
import { clock } from '../clock.ts';
import { counted } from '../counted.ts';
import type { InputInfo } from '../input/input-info.ts';
import { representationsOf } from '../made-presentation.ts';
import { type MadeRepresentation, ratesOf } from '../made-representation.ts';
import { decimalOf } from '../ratio.ts';
import { percentMark, sizeMark } from './chart-marks.ts';
import { drawFrames } from './frame-chart.ts';
import { html, type Markup } from './markup.ts';
import { drawQuality } from './quality-chart.ts';
import { drawRates } from './rate-chart.ts';
import type { ReportData } from './report-data.ts';
import { REPORT_STYLE } from './report-style.ts';
import { writeRepresentations } from './representation-table.ts';

export function writeReport(data: ReportData): string {
  const { title, presentation } = data;
  const media = representationsOf(presentation);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: how it was packaged</title>
<style>${{ markup: REPORT_STYLE }}</style>
</head>
<body>
<h1>${title}</h1>
<p class="lead">${clock(presentation.duration)}, ${media.length} representations, ${besidesMedia(data)}</p>
<main>
${section('Rate over time', 'A step for each segment; upwards each line of the grid is about twice as much.', drawRates(presentation))}
${section('Representations', undefined, writeRepresentations(data))}
${qualitySection(data)}
${framesSection(data)}
${section('The input', undefined, describeInput(data.input))}
${section('Verified before it was published', undefined, writeVerdict(data.verdict))}
</main>
</body>
</html>
`.markup;
}

function section(
  heading: string,
  lead: string | undefined,
  ...content: readonly (Markup | undefined)[]
): Markup {
  return html`<section><h2>${heading}</h2>${lead ? html`<p>${lead}</p>` : undefined}${content}</section>`;
}

function besidesMedia({ presentation: { text, thumbnails, chapters } }: ReportData): string {
  const languages = text.map(({ label, lang }) => label ?? (lang || 'unknown language'));
  const all = [
    languages.length > 0 ? `text in ${languages.join(', ')}` : 'no text',
    ...(thumbnails ? [`${thumbnails.count} thumbnails`] : []),
    ...(chapters ? ['chapters'] : []),
  ];
  return all.join(', ');
}

function qualitySection(data: ReportData): Markup | undefined {
  const { perTitle, presentation, quality } = data;
  if (presentation.video.length === 0) return undefined;
  const rateOf = (made: MadeRepresentation): number =>
    ratesOf(made, presentation.minBufferTime).averageBandwidth;
  const rungs = presentation.video
    .flatMap(({ representations }) => representations)
    .flatMap((made) => {
      const measured = quality.get(made.id);
      return measured === undefined ? [] : [{ id: made.id, rate: rateOf(made), quality: measured }];
    });
  const measure = perTitle?.measure ?? 'ssim';
  // Finished rungs are measured by SSIM: in a chart of another measure they have no place.
  const chart = drawQuality({
    measure,
    codecs: perTitle?.codecs ?? [],
    rungs: measure === 'ssim' ? rungs : [],
  });
  if (!chart)
    return section('Quality', 'Nothing was measured: the ladder follows from the size of the picture alone.');
  const saved = (perTitle?.codecs ?? []).flatMap(({ codec, saved: share }) =>
    share === undefined ? [] : [`${codec} ${percentMark(share)}`],
  );
  const lead = [
    ...(perTitle
      ? [
          `Dots are probes of ${perTitle.shots.length} shots, the line is the best at each rate, rings are the rungs.`,
        ]
      : []),
    ...(rungs.length > 0 ? ['Diamonds are finished rungs against the input.'] : []),
    ...(saved.length > 0
      ? [
          `Bits saved at equal quality against the ladder that knows nothing of the film: ${saved.join(', ')}.`,
        ]
      : []),
  ];
  return section('Quality and rate', lead.join(' '), chart);
}

function framesSection({ frames, intra }: ReportData): Markup | undefined {
  if (!frames || frames.frames.length === 0) return undefined;
  const lead = `${frames.frames.length} frames of ${frames.id}, from ${clock(frames.start)} on, in the order in which they are shown.`;
  return section('Frames', lead, drawFrames(frames), intra ? writeIntraCost(intra) : undefined);
}

function writeIntraCost({ seconds, codedBytes, intraBytes }: NonNullable<ReportData['intra']>): Markup {
  const share = codedBytes / intraBytes;
  const [coded, alone] = share <= 1 ? [share, 1] : [1, 1 / share];
  const saved = 1 - share;
  const sentence =
    saved > 0
      ? `Leaning on other pictures saved ${percentMark(saved)} of the bytes.`
      : 'Leaning on other pictures saved nothing here.';
  return html`<p style="margin-top:20px">${sentence} The first ${seconds.toFixed(1)} s of these frames were encoded again, at the same constant quality, with every picture by itself.</p>
<div class="bars"><div class="spared" style="width:${(coded * 100).toFixed(1)}%">as it is: ${sizeMark(codedBytes)}</div><div class="costly" style="width:${(alone * 100).toFixed(1)}%">every picture by itself: ${sizeMark(intraBytes)}</div></div>`;
}

function describeInput({
  name,
  bytes,
  duration,
  container,
  video,
  audio,
  subtitles,
  chapters,
  notices,
}: InputInfo): Markup {
  const facts: (readonly [string, string | undefined])[] = [
    ['File', name],
    ['Size', sizeMark(bytes)],
    ['Container', container || undefined],
    ['Duration', duration === undefined ? 'not said' : clock(duration)],
    [
      'Picture',
      video &&
        `${Math.round(video.display.width)}×${Math.round(video.display.height)}, ${Number(decimalOf(video.frameRate).toFixed(3))} frames a second, ${video.codec}${video.isInterlaced ? ', interlaced' : ''}`,
    ],
    [
      'Colour',
      video &&
        ([video.colour.primaries, video.colour.transfer, video.colour.matrix]
          .filter((word) => word !== '')
          .join(', ') ||
          'not said'),
    ],
    ...audio.map((stream): readonly [string, string] => [
      'Sound',
      `${stream.codec}, ${counted(stream.channels, 'channel')}${stream.lang ? `, ${stream.lang}` : ''}`,
    ]),
    [
      'Subtitles',
      subtitles.length > 0
        ? subtitles.map(({ codec, lang }) => `${lang || 'unknown language'} (${codec})`).join(', ')
        : undefined,
    ],
    ['Chapters', chapters.length > 0 ? `${chapters.length}` : undefined],
    ...notices.map((notice): readonly [string, string] => ['Noticed', notice]),
  ];
  return html`<dl>${facts.map(([term, fact]) => (fact === undefined ? undefined : html`<dt>${term}</dt><dd>${fact}</dd>`))}</dl>`;
}

function writeVerdict(verdict: Verdict): Markup {
  const faults = allFaults(verdict);
  const rows = [
    ...verdict.representations.map(({ id, looked, faults: own }) => verdictRow(id, looked, own)),
    verdictRow('the whole', verdict.looked, verdict.faults),
  ];
  const conclusion =
    faults.length === 0
      ? html`<p class="good">Every claim is true.</p>`
      : html`<p class="bad">${counted(faults.length, 'claim')} ${faults.length === 1 ? 'is' : 'are'} not true.</p>`;
  return html`${conclusion}<div class="scroll" role="region" aria-label="Table" tabindex="0"><table><thead><tr><th scope="col"></th>${CHECKS.map((check) => html`<th scope="col">${check}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>${faults.map((fault) => html`<p class="fault">${describeFault(fault)}</p>`)}`;
}

function verdictRow(name: string, looked: Looked, faults: Verdict['faults']): Markup {
  return html`<tr><th scope="row">${name}</th>${CHECKS.map((check) => {
    const wrong = faults.filter((fault) => fault.check === check).length;
    if (wrong > 0) return html`<td class="bad">✗ ${wrong}</td>`;
    return looked[check] ? html`<td><span class="good">✓</span> ${looked[check]}</td>` : html`<td>–</td>`;
  })}</tr>`;
}
