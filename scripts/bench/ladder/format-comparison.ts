/** Tables of a comparison of ladders: each film's rungs, and all films in one line each. */
import { SSIM } from '../../../server/packager/quality/quality-measure.ts';
import type { FilmComparison } from './compare-ladders-of-film.ts';
import type { EncodedRung } from './encoded-ladder.ts';

export function formatFilm({ file, duration, usual, own }: FilmComparison): string {
  const rows = Array.from({ length: Math.max(usual.rungs.length, own.rungs.length) }, (_, i) =>
    `  ${formatRung(usual.rungs[i])}   ${formatRung(own.rungs[i])}`.trimEnd(),
  );
  const head = `  ${'usual'.padEnd(RUNG_WIDTH)}   of its own`;
  return [`${file}, ${duration.toFixed(1)} s`, head, ...rows].join('\n');
}

const RUNG_WIDTH = 40;

function formatRung(one: EncodedRung | undefined): string {
  if (!one) return ' '.repeat(RUNG_WIDTH);
  const { rung, rate, ssim } = one;
  const size = `${rung.width}×${rung.height}`.padEnd(10);
  const crf = rung.rate.kind === 'crf' ? `crf ${rung.rate.crf}` : rung.rate.kind;
  const figures = `${kilobits(rate)} kbit/s  ${ssim.toFixed(4)}`;
  return `${size}${crf.padEnd(8)}${figures.padStart(22)}`.padEnd(RUNG_WIDTH);
}

/** As Markdown, to be read as it is too. */
export function formatSummary(films: readonly FilmComparison[]): string {
  const head = [
    'film',
    'rungs',
    'saved at equal SSIM',
    'kbit/s of all rungs',
    'kbit/s of viewers',
    'SSIM of viewers',
    'CPU of the ladder',
    'analysis',
  ];
  const rows = films.map(({ file, usual, own, saved, viewers, analysisCpu }) => [
    file,
    `${usual.rungs.length} → ${own.rungs.length}`,
    saved === undefined ? '–' : percent(saved),
    `${kilobits(totalRate(usual.rungs))} → ${kilobits(totalRate(own.rungs))}`,
    `${kilobits(viewers.usual.rate)} → ${kilobits(viewers.own.rate)}`,
    `${SSIM.qualityOf(viewers.usual.score).toFixed(4)} → ${SSIM.qualityOf(viewers.own.score).toFixed(4)}`,
    `${usual.cost.cpu.toFixed(1)} → ${own.cost.cpu.toFixed(1)} s`,
    percent(analysisCpu / usual.cost.cpu),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function totalRate(rungs: readonly EncodedRung[]): number {
  return rungs.reduce((sum, { rate }) => sum + rate, 0);
}

function kilobits(rate: number): string {
  return `${Math.round(rate / 1000)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
