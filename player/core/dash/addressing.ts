/** Finds which of the addressing modes a representation uses, and reads it (ISO/IEC 23009-1 §5.3.9). */
import type { AddressingContext, Located, SegmentInformation } from './addressing-context.ts';
import { type Chain, ticks, wholeNumber } from './attributes.ts';
import { baseAddressing } from './segment-base.ts';
import { templateAddressing } from './segment-template.ts';
import { offsetOf, type PeriodBounds, type TimeLine } from './segment-timing.ts';
import { listAddressing } from './segment-urls.ts';
import { isRemote, remoteError } from './xlink.ts';
import { childNamed, invalid } from './xml-element.ts';

const MODES = [
  ['SegmentTemplate', templateAddressing],
  ['SegmentList', listAddressing],
  ['SegmentBase', baseAddressing],
] as const;

/**
 * `levels` are representation, adaptation set and period. The innermost with any mode decides which it is; outer ones
 * with the same mode are inherited from.
 * @throws StreamingError `mpd-invalid` or `mpd-unsupported` with the path of what is wrong.
 */
export function readAddressing(
  levels: Chain,
  context: AddressingContext,
): Located & { readonly timestampOffset: number } {
  const [, read] = modeOf(levels);
  const information = segmentInformationOf(levels, context.scope.bounds);
  const remote = information.chain.find(isRemote);
  if (remote) throw remoteError(remote);
  const { line } = information;
  return { ...read(context, information), timestampOffset: line.start - offsetOf(line) };
}

/**
 * What `levels` (representation, adaptation set, period) say of the segments, before anything is made of it.
 * @throws StreamingError `mpd-invalid` for a timescale of 0 and numbers that are none.
 */
export function segmentInformationOf(levels: Chain, bounds: PeriodBounds): SegmentInformation {
  const [name] = modeOf(levels);
  const chain = levels.flatMap((level) => childNamed(level, name) ?? []);
  return { chain, line: timeLineOf(chain, bounds) };
}

function modeOf(levels: Chain): (typeof MODES)[number] {
  for (const level of levels) {
    const mode = MODES.find(([name]) => childNamed(level, name));
    if (mode) return mode;
  }
  return MODES[2];
}

function timeLineOf(chain: Chain, bounds: PeriodBounds): TimeLine {
  const timescale = wholeNumber(chain, 'timescale') ?? 1;
  const [innermost] = chain;
  if (timescale === 0 && innermost) throw invalid(innermost, 'has a @timescale of 0.');
  return { ...bounds, timescale, offsetTicks: ticks(chain, 'presentationTimeOffset') ?? 0n };
}
