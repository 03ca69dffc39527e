/** A verdict for people: a row for each representation, a column for each check, and below it every fault in words. */
import { counted } from '../../server/packager/counted.ts';
import { printableName } from '../../server/packager/printable-name.ts';
import {
  allFaults,
  CHECKS,
  type Check,
  claimsIn,
  describeFault,
  type Fault,
  type Looked,
  type Verdict,
} from '../../server/verify/verdict.ts';
import { alignColumns, fitColumns } from '../package/text-columns.ts';

interface Row {
  readonly name: string;
  readonly looked: Looked;
  readonly faults: readonly Fault[];
}

/** Faults beyond this many of one verdict are only counted: whoever mends the first ones looks again. */
const MOST_FAULTS = 30;
const LONGEST_NAME = 20;

/** Several lines, no more than 80 columns wide as far as the table goes. */
export function formatVerdict(verdict: Verdict): string {
  const faults = allFaults(verdict);
  return [
    ...tableOf(verdict),
    ...faults.slice(0, MOST_FAULTS).map((fault) => `✗ ${printableName(describeFault(fault))}`),
    ...(faults.length > MOST_FAULTS ? [`… and ${faults.length - MOST_FAULTS} more faults.`] : []),
    ...verdict.remarks.map((remark) => `· ${printableName(remark)}`),
    conclusionOf(verdict, faults),
  ].join('\n');
}

function conclusionOf(verdict: Verdict, faults: readonly Fault[]): string {
  const { name, representations } = verdict;
  const what = `${counted(claimsIn(verdict), 'claim')} of ${counted(representations.length, 'representation')} were looked at`;
  if (faults.length === 0) return `✓ ${printableName(name)} is sound: ${what}.`;
  return `✗ ${printableName(name)} is not sound: ${counted(faults.length, 'fault')}; ${what}.`;
}

/** Checks that nothing in the presentation is subject to have no column. */
function tableOf(verdict: Verdict): string[] {
  const rows: Row[] = [
    ...verdict.representations.map(({ id, looked, faults }) => ({ name: id, looked, faults })),
    { name: '(the whole)', looked: verdict.looked, faults: verdict.faults },
  ];
  const checks = CHECKS.filter((check) => rows.some((row) => cellOf(row, check) !== NOTHING));
  const cells = [
    ['', ...checks],
    ...rows.map((row) => [fitColumns(row.name, LONGEST_NAME), ...checks.map((check) => cellOf(row, check))]),
  ];
  return alignColumns(cells, new Set());
}

const NOTHING = '–';

/** `✓12`: so many were looked at; `✗2`: so many are wrong. */
function cellOf({ looked, faults }: Row, check: Check): string {
  const wrong = faults.filter((fault) => fault.check === check).length;
  if (wrong > 0) return `✗${wrong}`;
  return looked[check] ? `✓${looked[check]}` : NOTHING;
}
