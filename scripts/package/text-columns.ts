/** How much room text takes on a terminal, and making it fit. */
import { printableName } from '../../server/packager/printable-name.ts';

/** Chinese, Japanese, Korean and most emoji take two columns; marks upon letters take none. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}/u;
const MARK = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

const SEGMENTER = new Intl.Segmenter();

export function columnsOf(text: string): number {
  return [...SEGMENTER.segment(text)].reduce((sum, { segment }) => sum + columnsOfOne(segment), 0);
}

function columnsOfOne(segment: string): number {
  if (MARK.test(segment)) return 0;
  return WIDE.test(segment) ? 2 : 1;
}

/** At most `columns` wide, on one line, without what would move the cursor; what is cut off becomes `…`. */
export function fitColumns(text: string, columns: number): string {
  const shown = printableName(text).trim();
  if (columnsOf(shown) <= columns) return shown;
  let fitted = '';
  let taken = 1;
  for (const { segment } of SEGMENTER.segment(shown)) {
    taken += columnsOfOne(segment);
    if (taken > columns) break;
    fitted += segment;
  }
  return columns > 0 ? `${fitted}…` : '';
}

/** Rows of equally many cells as lines; columns named in `right` end at the same place, the others begin there. */
export function alignColumns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => columnsOf(row[i] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const room = ' '.repeat((widths[i] ?? 0) - columnsOf(cell));
        return right.has(i) ? `${room}${cell}` : `${cell}${room}`;
      })
      .join('  ')
      .trimEnd(),
  );
}
