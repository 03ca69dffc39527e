/** Finds which of the addressing modes a representation uses, and reads it (ISO/IEC 23009-1 §5.3.9). */
import type { AddressingContext, Located, SegmentInformation } from './addressing-context.ts';
import { type Chain, ticks, wholeNumber } from './attributes.ts';
import { baseAddressing } from './segment-base.ts';
import { templateAddressing } from './segment-template.ts';
import type { PeriodBounds, TimeLine } from './segment-timing.ts';
import { listAddressing } from './segment-urls.ts';
import { remoteOf } from './xlink.ts';
import { childNamed, invalid, unsupported } from './xml-element.ts';

const MODES = {
  SegmentTemplate: templateAddressing,
  SegmentList: listAddressing,
  SegmentBase: baseAddressing,
} as const;

type Mode = keyof typeof MODES;

/**
 * `levels` are representation, adaptation set and period.
 * @throws StreamingError `mpd-invalid` or `mpd-unsupported` with the path of what is wrong.
 */
export function readAddressing(
  levels: Chain,
  context: AddressingContext,
): Located & { readonly timestampOffset: number } {
  const { mode, chain } = modeOf(levels);
  const line = timeLineOf(chain, context.bounds);
  const information: SegmentInformation = { chain, line };
  const offset = Number(line.offsetTicks) / line.timescale;
  return { ...MODES[mode](context, information), timestampOffset: line.start - offset };
}

/** The innermost level with any mode decides; outer levels with the same mode are inherited from. */
function modeOf(levels: Chain): { readonly mode: Mode; readonly chain: Chain } {
  for (const level of levels) {
    const mode = (Object.keys(MODES) as Mode[]).find((name) => childNamed(level, name));
    if (!mode) continue;
    const chain = levels.flatMap((each) => childNamed(each, mode) ?? []);
    const remote = chain.find(remoteOf);
    if (remote) throw unsupported(remote, 'stands elsewhere (xlink), which this player does not follow.');
    return { mode, chain };
  }
  return { mode: 'SegmentBase', chain: [] };
}

function timeLineOf(chain: Chain, bounds: PeriodBounds): TimeLine {
  const timescale = wholeNumber(chain, 'timescale') ?? 1;
  const [innermost] = chain;
  if (timescale === 0 && innermost) throw invalid(innermost, 'has a @timescale of 0.');
  return { ...bounds, timescale, offsetTicks: ticks(chain, 'presentationTimeOffset') ?? 0n };
}
