/** Reads the dialogue of Advanced SubStation Alpha (ASS, SSA): words, italics and where they stand; looks and effects go. */
import { type Cue, type CueFault, linesOf, type ReadCues } from './cue.ts';
import { cueTextOf, SUBRIP_TEXT } from './cue-text.ts';
import { readTime } from './cue-time.ts';
import { alignmentSettings, settingsForAlignment, withoutOverrides } from './override-tags.ts';

export function isAss(text: string): boolean {
  return /^\s*\[Script Info\]/i.test(text) || /^Dialogue:/m.test(text);
}

export function readAss(text: string): ReadCues {
  const cues: Cue[] = [];
  const faults: CueFault[] = [];
  const rows = [...rowsIn(text)];
  const alignments = readAlignments(rows);
  for (const { line, fields } of rows.filter(({ kind }) => kind === 'Dialogue')) {
    const [start, end] = [readTime(fields.get('start') ?? ''), readTime(fields.get('end') ?? '')];
    if (start === undefined || end === undefined)
      faults.push({ line, complaint: 'its times cannot be read' });
    else if (end < start) faults.push({ line, complaint: 'it ends before it begins' });
    else cues.push({ start, end, ...readText(fields, alignments) });
  }
  return { cues, faults };
}

interface Row {
  /** The first line is 1. */
  readonly line: number;
  /** Lower case. */
  readonly section: string;
  readonly kind: string;
  /** By the names of the section's columns, in lower case. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Columns of nearly every file, for one that has lost its `Format:` line. */
const USUAL_FORMAT = 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';

/** The lines of the form `Kind: a, b, c`. */
function* rowsIn(text: string): Generator<Row> {
  let section = '';
  let columns = columnsOf(USUAL_FORMAT);
  for (const [at, line] of linesOf(text).entries()) {
    const [, header] = /^\s*\[(.+)\]\s*$/.exec(line) ?? [];
    const [, kind = '', value = ''] = /^\s*(\w+):\s*(.*)$/.exec(line) ?? [];
    if (header) section = header.toLowerCase();
    else if (kind === 'Format') columns = columnsOf(value);
    else if (kind) yield { line: at + 1, section, kind, fields: fieldsOf(value, columns) };
  }
}

function columnsOf(format: string): string[] {
  return format.split(',').map((name) => name.trim().toLowerCase());
}

/** The last column takes the rest, commas and all. */
function fieldsOf(value: string, columns: readonly string[]): ReadonlyMap<string, string> {
  const parts = value.split(',');
  const last = columns.length - 1;
  const cells = [...parts.slice(0, last), parts.slice(last).join(',')];
  return new Map(columns.map((name, i) => [name, cells[i] ?? '']));
}

/** Of each style of V4+: the numbers of older ones mean other places. */
function readAlignments(rows: readonly Row[]): ReadonlyMap<string, number> {
  return new Map(
    rows
      .filter(({ section, kind }) => kind === 'Style' && section === 'v4+ styles')
      .map(({ fields }) => [nameOf(fields.get('name')), Number(fields.get('alignment'))] as const)
      .filter(([, alignment]) => alignment >= 1 && alignment <= 9),
  );
}

function nameOf(style = ''): string {
  return style.trim().replace(/^\*/, '');
}

/** `\N` and `\n` break a line, `\h` is a space that does not; braces without a backslash hold remarks. */
function readText(
  fields: ReadonlyMap<string, string>,
  alignments: ReadonlyMap<string, number>,
): Pick<Cue, 'text' | 'settings'> {
  const source = (fields.get('text') ?? '')
    .replace(/\\N|\\n/g, '\n')
    .replaceAll('\\h', '\u00a0')
    .replace(/\{[^\\{}]*\}/g, '');
  const place = /\{[^{}]*\\an[1-9]/.test(source)
    ? alignmentSettings(source)
    : settingsForAlignment(alignments.get(nameOf(fields.get('style'))) ?? 2);
  return { text: cueTextOf(withoutOverrides(source), SUBRIP_TEXT), ...place };
}
